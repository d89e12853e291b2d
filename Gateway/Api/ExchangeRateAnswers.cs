using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Gateway.Api;

/// <summary>A stored rate.</summary>
/// <param name="Source">Who published it.</param>
/// <param name="Base">Of which one unit is so much.</param>
/// <param name="Date">ISO date for which it was published.</param>
/// <param name="Rate">Units of the currency that one unit of the base is.</param>
internal sealed record ExchangeRateAnswer(string Source, string Base, string Currency, string Date, decimal Rate)
{
    public static ExchangeRateAnswer Of(DatedRate rate) => new(
        rate.Source, rate.Base, rate.Currency, LocalDatePattern.Iso.Format(rate.Date), rate.Rate);
}

/// <summary>What became of an import.</summary>
/// <param name="FirstDate">The earliest date of the file.</param>
/// <param name="LastDate">The latest date of the file.</param>
/// <param name="Days">Dates with rates.</param>
/// <param name="Added">Rates that are new.</param>
/// <param name="Replaced">Rates that took the place of others; only with <c>replace</c>.</param>
/// <param name="Unchanged">Rates that were known.</param>
/// <param name="Refused">Rates for which others were known, which stay.</param>
/// <param name="Currencies">The same by currency.</param>
/// <param name="Refusals">The first 1,000 that were refused.</param>
/// <param name="UnknownCurrencies">Codes of the file that are no currency of today; their rates were left out.</param>
internal sealed record ExchangeRateImportAnswer(
    string Source, string Base, string FirstDate, string LastDate, int Days, int Added, int Replaced, int Unchanged, int Refused,
    IReadOnlyList<RateCounts> Currencies, IReadOnlyList<RefusedRateAnswer> Refusals, IReadOnlyList<string> UnknownCurrencies)
{
    private const int MaxRefusals = 1_000;

    public static ExchangeRateImportAnswer Of(RateFile file, IReadOnlyList<RateSheetResult> results)
    {
        var counts = results.SelectMany(r => r.Counts).GroupBy(c => c.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new RateCounts(g.Key, g.Sum(c => c.Added), g.Sum(c => c.Replaced), g.Sum(c => c.Unchanged), g.Sum(c => c.Refused)))
            .ToArray();
        return new(
            file.Sheets[0].Source, file.Sheets[0].Base, Date(file.Sheets[0].Days[0].Date), Date(file.Sheets[^1].Days[^1].Date),
            file.Sheets.Sum(s => s.Days.Length), counts.Sum(c => c.Added), counts.Sum(c => c.Replaced), counts.Sum(c => c.Unchanged),
            counts.Sum(c => c.Refused), counts, [.. results.SelectMany(r => r.Refused).Take(MaxRefusals).Select(RefusedRateAnswer.Of)],
            file.UnknownCurrencies);
    }

    private static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);
}

/// <summary>A rate that was not taken.</summary>
/// <param name="Rate">As given.</param>
/// <param name="Known">The one that stays.</param>
internal sealed record RefusedRateAnswer(string Currency, string Date, decimal Rate, decimal Known)
{
    public static RefusedRateAnswer Of(RefusedRate refused) => new(
        refused.Given.Currency, LocalDatePattern.Iso.Format(refused.Given.Date), refused.Given.Rate, refused.Known);
}

/// <summary>A converted amount, and how.</summary>
/// <param name="Amount">As given.</param>
/// <param name="Converted">In the other currency: exact up to the end, then rounded once to whole minor units, half away from zero.</param>
/// <param name="Rate">Units of <c>to</c> that one unit of <c>from</c> is; a quotient of the two rates is cut to ten significant digits here, and
/// only here.</param>
/// <param name="Date">ISO date of the rates: the day asked for, or the last one before it that had some.</param>
/// <param name="Base">Of the source.</param>
/// <param name="FromPerBase">Units of <c>from</c> that one unit of the base is.</param>
/// <param name="ToPerBase">Units of <c>to</c> that one unit of the base is.</param>
/// <param name="Explanation">In one sentence.</param>
internal sealed record ConversionAnswer(
    string Amount, string From, string Converted, string To, decimal Rate, string Date, string Source, string Base, decimal FromPerBase,
    decimal ToPerBase, string Explanation)
{
    public static ConversionAnswer Of(Money amount, ExchangeRate rate, Money converted)
    {
        var date = LocalDatePattern.Iso.Format(rate.Date);
        return new(
            amount.ToString(), rate.From.Code, converted.ToString(), rate.To.Code, rate.Rate, date, rate.Source, rate.Base.Code, rate.FromPerBase,
            rate.ToPerBase,
            $"{amount} {rate.From} × {DecimalText.Format(rate.ToPerBase)} ÷ {DecimalText.Format(rate.FromPerBase)} = {converted} {rate.To}, by the rates of "
            + $"{rate.Source} for {date}, per {rate.Base}.");
    }
}

/// <summary>The tax of a jurisdiction in the currency that its law wants it shown in.</summary>
/// <param name="Jurisdiction">Whose tax.</param>
/// <param name="Tax">In the currency of the document.</param>
/// <param name="Currency">In which it is shown too.</param>
/// <param name="TaxInCurrency">In that one.</param>
/// <param name="Rate">Units of it that one unit of the document's currency is.</param>
/// <param name="RateDate">ISO date for which the rate was published.</param>
/// <param name="RateSource">Who published it.</param>
/// <param name="TaxPoint">ISO date whose rate counts.</param>
internal sealed record TaxConversionAnswer(
    string Jurisdiction, string Tax, string Currency, string TaxInCurrency, decimal Rate, string RateDate, string RateSource, string TaxPoint)
{
    public static TaxConversionAnswer[]? AllOf(Core.Taxation.TaxConversion[]? conversions) => conversions is null ? null
        : Array.ConvertAll(conversions, c => new TaxConversionAnswer(
            c.Jurisdiction, c.Tax.ToString(), c.Rate.To.Code, c.Converted.ToString(), c.Rate.Rate, LocalDatePattern.Iso.Format(c.Rate.Date),
            c.Rate.Source, LocalDatePattern.Iso.Format(c.TaxPoint)));
}
