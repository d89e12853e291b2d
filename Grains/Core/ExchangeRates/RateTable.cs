using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>All dated rates of one tenant, by source.</summary>
public sealed class RateTable
{
    /// <summary>Most rates that a table takes: the ECB's since 1999 are some 220,000.</summary>
    public const int MaxRates = 500_000;

    private static readonly Comparer<(string Source, string Base)> Order = Comparer<(string Source, string Base)>.Create((a, b) =>
        string.CompareOrdinal(a.Source, b.Source) is var bySource and not 0 ? bySource : string.CompareOrdinal(a.Base, b.Base));

    private readonly SortedDictionary<(string Source, string Base), SortedDictionary<string, RateSeries>> _series = new(Order);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rate of exactly that day; null for none.</summary>
    public decimal? Find(string source, string baseCurrency, string currency, LocalDate date) =>
        _series.TryGetValue((source, baseCurrency), out var columns) && columns.TryGetValue(currency, out var series)
            ? series.Find(RateSeries.DayOf(date))
            : null;

    /// <summary>Adds a rate, or puts it in the place of the one of that day.</summary>
    public void Set(DatedRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        if (!_series.TryGetValue((rate.Source, rate.Base), out var columns))
        {
            _series[(rate.Source, rate.Base)] = columns = new(StringComparer.Ordinal);
        }
        if (!columns.TryGetValue(rate.Currency, out var series))
        {
            columns[rate.Currency] = series = new();
        }
        Count += series.Set(RateSeries.DayOf(rate.Date), rate.Rate) ? 1 : 0;
    }

    /// <summary>What an amount of a day is converted with; null where the table does not say it.</summary>
    /// <remarks>The newest rate on or before the day, of both currencies for one date, not older than
    /// <see cref="RateSources.Earliest"/>. Where a source has several base currencies, the first one by code that has both.</remarks>
    public ExchangeRate? Find(RateNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        var earliest = RateSeries.DayOf(RateSources.Earliest(need.Source, need.Day));
        foreach (var ((source, baseCurrency), columns) in _series)
        {
            if (source == need.Source && Find(baseCurrency, columns, need, earliest) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>Rates by source, base, currency and date, all ascending.</summary>
    /// <param name="source">Only of this one; null for all.</param>
    /// <param name="currency">Only of this one; null for all.</param>
    /// <param name="first">From this day on.</param>
    /// <param name="last">Through this day.</param>
    /// <param name="after">Begins behind this place; null for the first.</param>
    public IEnumerable<DatedRate> List(string? source, string? currency, LocalDate first, LocalDate last, DatedRate? after)
    {
        var (from, through) = (RateSeries.DayOf(first), RateSeries.DayOf(last));
        foreach (var ((name, baseCurrency), columns) in _series.Where(s => source is null || s.Key.Source == source))
        {
            foreach (var (code, series) in columns.Where(c => currency is null || c.Key == currency))
            {
                var place = after is null ? 1 : Compare((name, baseCurrency, code), after);
                var begin = place > 0 ? from : place < 0 ? int.MaxValue : Math.Max(from, RateSeries.DayOf(after!.Date) + 1);
                foreach (var (day, rate) in series.From(begin).TakeWhile(r => r.Day <= through))
                {
                    yield return new(name, baseCurrency, code, RateSeries.DateOf(day), rate);
                }
            }
        }
    }

    /// <summary>All of it, in sheets that together set the same table.</summary>
    public IEnumerable<RateSheet> Sheets()
    {
        foreach (var ((source, baseCurrency), columns) in _series)
        {
            foreach (var days in columns.Values.SelectMany(c => c.From(int.MinValue)).Select(r => r.Day).Distinct().Order().Chunk(RateSheet.MaxDays))
            {
                foreach (var some in columns.Chunk(RateSheet.MaxCurrencies))
                {
                    yield return new(source, baseCurrency, [.. some.Select(c => c.Key)],
                        [.. days.Select(day => new RateDay(RateSeries.DateOf(day), [.. some.Select(c => c.Value.Find(day))]))]);
                }
            }
        }
    }

    private static ExchangeRate? Find(string baseCurrency, SortedDictionary<string, RateSeries> columns, RateNeed need, int earliest)
    {
        var day = RateSeries.DayOf(need.Day);
        // Both of one date: the source may have left one of them out on some day.
        while (At(need.From) is { } from && At(need.To) is { } to && Math.Min(from.Day, to.Day) >= earliest)
        {
            if (from.Day == to.Day)
            {
                return new(
                    Currency.FromCode(need.From), Currency.FromCode(need.To), Currency.FromCode(baseCurrency), from.Rate, to.Rate,
                    RateSeries.DateOf(from.Day), need.Source);
            }
            day = Math.Min(from.Day, to.Day);
        }
        return null;

        (int Day, decimal Rate)? At(string currency)
        {
            if (currency != baseCurrency)
            {
                return columns.TryGetValue(currency, out var series) ? series.OnOrBefore(day) : null;
            }
            // The base itself has every date that the other currency has.
            var other = currency == need.From ? need.To : need.From;
            return other != baseCurrency && columns.TryGetValue(other, out var its) && its.OnOrBefore(day) is { } known ? (known.Day, 1m) : null;
        }
    }

    private static int Compare((string Source, string Base, string Currency) place, DatedRate other) =>
        string.CompareOrdinal(place.Source, other.Source) is var bySource and not 0 ? bySource
        : string.CompareOrdinal(place.Base, other.Base) is var byBase and not 0 ? byBase
        : string.CompareOrdinal(place.Currency, other.Currency);
}
