using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>Reads rates out of JSON.</summary>
internal static class ExchangeRateReader
{
    private const int MaxRates = 10_000;

    /// <param name="place">Pointer to an entry.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    /// <returns>Without sheets where something is wrong.</returns>
    public static RateFile Read(string source, string baseCurrency, ExchangeRateItem[] items, Func<int, string> place, List<ProblemError> errors)
    {
        if (!RateSources.IsName(source))
        {
            errors.Add(new("exchange_rate.source", "Give a source of 1 to 60 printable characters.", "/source"));
        }
        if (!Currency.TryParse(baseCurrency, out _))
        {
            errors.Add(new("exchange_rate.base", "Give an ISO 4217 code, such as EUR.", "/base"));
        }
        if (items.Length is 0 or > MaxRates)
        {
            errors.Add(new("exchange_rate.rates", $"Give 1 to {MaxRates} rates.", "/rates"));
            return new([], [], []);
        }
        var days = new SortedDictionary<LocalDate, Dictionary<string, decimal>>();
        foreach (var (i, item) in items.Index())
        {
            Take(item, baseCurrency, place(i), days, errors);
        }
        return new(errors.Count > 0 ? [] : RateSheet.Of(source, baseCurrency, days), [], []);
    }

    private static void Take(
        ExchangeRateItem item, string baseCurrency, string pointer, SortedDictionary<LocalDate, Dictionary<string, decimal>> days,
        List<ProblemError> errors)
    {
        if (item.Currency == baseCurrency || !Currency.TryParse(item.Currency, out _))
        {
            errors.Add(new("exchange_rate.currency", "Give an ISO 4217 code, such as USD, other than the base.", $"{pointer}/currency"));
        }
        else if (LocalDatePattern.Iso.Parse(item.Date) is not { Success: true, Value: { Year: >= 1970 and < 2200 } date })
        {
            errors.Add(new("exchange_rate.date", "Give an ISO date, such as 2026-11-27.", $"{pointer}/date"));
        }
        else if (!PackedRate.IsValid(item.Rate))
        {
            errors.Add(new(
                "exchange_rate.rate", $"Give a rate above zero with at most {PackedRate.MaxDigits} digits, {PackedRate.MaxPlaces} of them after the point.",
                $"{pointer}/rate"));
        }
        else
        {
            if (!days.TryGetValue(date, out var day))
            {
                days[date] = day = new(StringComparer.Ordinal);
            }
            if (!day.TryAdd(item.Currency, item.Rate) && day[item.Currency] != item.Rate)
            {
                errors.Add(new("exchange_rate.twice", "There are two rates of this currency for this date.", pointer));
            }
        }
    }
}
