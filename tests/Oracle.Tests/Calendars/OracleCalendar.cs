using OrleansBilling.Core.Periods;

namespace OrleansBilling.Oracle.Calendars;

/// <summary>Billing periods counted from an anchor by the calendar of the base library, which clamps days 29 to 31.</summary>
internal static class OracleCalendar
{
    internal static OraclePeriod Period(int index, DateOnly anchor, BillingCycle cycle, LocalClock clock)
    {
        var from = Day(index * cycle.Count, anchor, cycle.Unit);
        var to = Day((index + 1) * cycle.Count, anchor, cycle.Unit);
        return new(index, from, to, clock.StartOf(from), clock.StartOf(to));
    }

    private static DateOnly Day(int count, DateOnly anchor, CycleUnit unit) => unit switch
    {
        CycleUnit.Day => anchor.AddDays(count),
        CycleUnit.Week => anchor.AddDays(7 * count),
        CycleUnit.Month => anchor.AddMonths(count),
        _ => anchor.AddYears(count),
    };
}
