using NodaTime;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Rates of one source against one base currency: a table of days and currencies.</summary>
/// <param name="Source">Who published them; see <see cref="RateSources.IsName"/>.</param>
/// <param name="Base">ISO 4217 code of the currency of which one unit is so much.</param>
/// <param name="Currencies">ISO 4217 codes of the columns, each once, without the base.</param>
/// <param name="Days">In ascending order, each once.</param>
public sealed record RateSheet(string Source, string Base, string[] Currencies, RateDay[] Days)
{
    /// <summary>Most days that one sheet takes.</summary>
    public const int MaxDays = 400;

    /// <summary>Most currencies that one sheet takes.</summary>
    public const int MaxCurrencies = 200;

    /// <summary>Sheets of any number of days.</summary>
    /// <param name="days">Rates by day and currency.</param>
    public static IReadOnlyList<RateSheet> Of(
        string source, string baseCurrency, SortedDictionary<LocalDate, Dictionary<string, decimal>> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return [.. days.Chunk(MaxDays).Select(some =>
        {
            string[] currencies = [.. some.SelectMany(d => d.Value.Keys).Distinct().Order(StringComparer.Ordinal)];
            return new RateSheet(source, baseCurrency, currencies, [.. some.Select(d => new RateDay(
                d.Key, Array.ConvertAll(currencies, c => d.Value.TryGetValue(c, out var rate) ? rate : (decimal?)null)))]);
        })];
    }

    /// <summary>Every rate.</summary>
    public IEnumerable<DatedRate> Rates() => Days.SelectMany(day => Currencies.Index()
        .Where(column => day.Rates[column.Index] is not null)
        .Select(column => new DatedRate(Source, Base, column.Item, day.Date, day.Rates[column.Index]!.Value)));
}

/// <summary>Rates of one day.</summary>
/// <param name="Date">For which they were published.</param>
/// <param name="Rates">One per column: units of its currency that one unit of the base is; null for none.</param>
public sealed record RateDay(LocalDate Date, decimal?[] Rates);

/// <summary>One rate.</summary>
/// <param name="Rate">Units of <paramref name="Currency"/> that one unit of <paramref name="Base"/> is.</param>
public sealed record DatedRate(string Source, string Base, string Currency, LocalDate Date, decimal Rate);

/// <summary>What an amount has to be converted with.</summary>
/// <param name="Source">Whose rate.</param>
/// <param name="From">ISO 4217 code.</param>
/// <param name="To">ISO 4217 code, another one.</param>
/// <param name="Day">On which the tax becomes chargeable; the rate may be of an earlier day, see <see cref="RateSources.Earliest"/>.</param>
public sealed record RateNeed(string Source, string From, string To, LocalDate Day);
