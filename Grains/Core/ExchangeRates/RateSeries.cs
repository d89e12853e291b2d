using NodaTime;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Rates of one currency by day: twelve bytes each.</summary>
internal sealed class RateSeries
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private readonly List<int> _days = [];
    private readonly List<ulong> _rates = [];

    public int Count => _days.Count;

    public static LocalDate DateOf(int day) => Epoch.PlusDays(day);

    public static int DayOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    public decimal? Find(int day) => _days.BinarySearch(day) is >= 0 and var at ? PackedRate.Unpack(_rates[at]) : null;

    /// <summary>The newest on or before a day; null for none.</summary>
    public (int Day, decimal Rate)? OnOrBefore(int day)
    {
        var at = _days.BinarySearch(day);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? null : (_days[at], PackedRate.Unpack(_rates[at]));
    }

    /// <returns>Whether there was none for that day.</returns>
    public bool Set(int day, decimal rate)
    {
        var at = _days.BinarySearch(day);
        if (at >= 0)
        {
            _rates[at] = PackedRate.Pack(rate);
            return false;
        }
        _days.Insert(~at, day);
        _rates.Insert(~at, PackedRate.Pack(rate));
        return true;
    }

    /// <summary>From a day on, in ascending order.</summary>
    public IEnumerable<(int Day, decimal Rate)> From(int first)
    {
        var at = _days.BinarySearch(first);
        for (at = at >= 0 ? at : ~at; at < _days.Count; at++)
        {
            yield return (_days[at], PackedRate.Unpack(_rates[at]));
        }
    }
}
