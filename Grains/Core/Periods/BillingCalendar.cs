using NodaTime;

namespace OrleansBilling.Core.Periods;

/// <summary>The billing periods of a subscription: without gaps and overlaps, for ever in both directions.</summary>
/// <remarks>
/// A period starts at the start of a local day: where local midnight does not exist, at the first instant of that
/// day. An anchor on day 29 to 31 falls on the last day of shorter months and returns afterwards (31 Jan, 28 Feb, 31
/// Mar). Where a zone skips a whole day (Samoa, 30 December 2011), a one-day period on it is empty.
/// </remarks>
public sealed class BillingCalendar
{
    private readonly DateTimeZone _zone;
    private readonly LocalDate _anchor;
    private readonly BillingCycle _cycle;

    /// <summary>The calendar of a zone, an anchor and a cycle.</summary>
    /// <param name="zone">Where days begin.</param>
    /// <param name="anchorDate">The first day of period 0, in the ISO calendar.</param>
    /// <param name="cycle">The length of a period.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cycle's count is out of range.</exception>
    public BillingCalendar(DateTimeZone zone, LocalDate anchorDate, BillingCycle cycle)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(cycle.Count, 1, nameof(cycle));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cycle.Count, BillingCycle.MaxCount, nameof(cycle));
        _zone = zone;
        _anchor = anchorDate;
        _cycle = cycle;
    }

    /// <summary>The period of an index; 0 begins on the anchor.</summary>
    /// <exception cref="OverflowException">The period is beyond the calendar (years -9998 to 9999).</exception>
    public BillingPeriod Period(int index)
    {
        var from = LocalStart(index);
        var to = LocalStart(index + 1);
        return new(index, StartOfDay(from), StartOfDay(to), from, to);
    }

    /// <summary>The index of the period that contains an instant; negative before the anchor.</summary>
    public int IndexAt(Instant time)
    {
        var index = Estimate(time.InZone(_zone).Date);
        while (StartOfDay(LocalStart(index)) > time)
        {
            index--;
        }

        while (StartOfDay(LocalStart(index + 1)) <= time)
        {
            index++;
        }

        return index;
    }

    /// <summary>The period that contains an instant.</summary>
    public BillingPeriod PeriodAt(Instant time) => Period(IndexAt(time));

    /// <summary>At most one off: days clamp, and local midnight may repeat.</summary>
    private int Estimate(LocalDate date) => _cycle.Unit switch
    {
        CycleUnit.Day => FloorDivide(NodaTime.Period.DaysBetween(_anchor, date), _cycle.Count),
        CycleUnit.Week => FloorDivide(NodaTime.Period.DaysBetween(_anchor, date), checked(7 * _cycle.Count)),
        CycleUnit.Month => FloorDivide(
            (12 * (date.Year - _anchor.Year)) + date.Month - _anchor.Month, _cycle.Count),
        _ => FloorDivide(date.Year - _anchor.Year, _cycle.Count),
    };

    private LocalDate LocalStart(int index)
    {
        var count = checked(index * _cycle.Count);
        return _cycle.Unit switch
        {
            CycleUnit.Day => _anchor.PlusDays(count),
            CycleUnit.Week => _anchor.PlusWeeks(count),
            CycleUnit.Month => _anchor.PlusMonths(count),
            _ => _anchor.PlusYears(count),
        };
    }

    private Instant StartOfDay(LocalDate date)
    {
        var mapping = _zone.MapLocal(date.AtMidnight());
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    private static int FloorDivide(int dividend, int divisor) =>
        (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
