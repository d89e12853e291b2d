using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Counts devices, and what they bring to a pool. Rules: "Devices and pools" of docs/pricing.md.</summary>
internal static class OraclePresence
{
    /// <summary>Local days on which it was there, day by day: the day it comes counts, the day it goes does not.</summary>
    internal static int Days(Case given, OraclePeriod period, OracleDevice device, IReadOnlyList<LifecycleState> states)
    {
        var days = 0;
        for (var day = period.From; day < period.To; day = day.AddDays(1))
        {
            days += Spans(device, states).Count(s => FirstDay(given, s) <= day && day < LastDay(given, s));
        }

        return days;
    }

    /// <summary>Whether it was there at any instant.</summary>
    internal static bool Any(OraclePeriod period, OracleDevice device, IReadOnlyList<LifecycleState> states) =>
        Spans(device, states).Any(s => s.From < period.End && s.To > period.Start);

    /// <summary>Whether it joined: was there for the first time.</summary>
    internal static bool Joins(OraclePeriod period, OracleDevice device, IReadOnlyList<LifecycleState> states) =>
        Spans(device, states) is [var first, ..] && period.Holds(first.From);

    /// <summary>Days for which a device brings its quantity.</summary>
    internal static int DaysOfPool(Case given, OraclePeriod period, OracleDevice device, AllowanceDefinition pool)
    {
        var days = Days(given, period, device, pool.States);
        var there = Spans(device, pool.States).Where(s => s.From < period.End && s.To > period.Start).ToList();
        if (there.Count == 0)
        {
            return 0;
        }

        if (pool.Joiner == MemberShare.Whole && there[0].From > period.Start)
        {
            days += FirstDay(given, there[0]).DayNumber - period.From.DayNumber;
        }

        if (pool.Leaver == MemberShare.Whole && there[^1].To < period.End)
        {
            days += period.To.DayNumber - LastDay(given, there[^1]).DayNumber;
        }

        return days;
    }

    /// <summary>What all devices bring.</summary>
    internal static Rational Brought(Case given, OraclePeriod period, AllowanceDefinition pool) =>
        given.Devices.Aggregate((Rational)0, (sum, d) => sum + DaysOfPool(given, period, d, pool)) * pool.PerDevice / period.Days;

    /// <summary>Stretches in one of the states; those that touch are one.</summary>
    private static List<(Instant From, Instant To)> Spans(OracleDevice device, IReadOnlyList<LifecycleState> states)
    {
        var spans = new List<(Instant From, Instant To)>();
        foreach (var (from, to, state) in device.History)
        {
            if (states.Count == 0 ? state != LifecycleState.Active : !states.Contains(state))
            {
                continue;
            }

            if (spans.Count > 0 && spans[^1].To == from)
            {
                spans[^1] = (spans[^1].From, to);
            }
            else
            {
                spans.Add((from, to));
            }
        }

        return spans;
    }

    private static DateOnly FirstDay(Case given, (Instant From, Instant To) span) => given.Clock.DayAt(span.From);

    private static DateOnly LastDay(Case given, (Instant From, Instant To) span) =>
        span.To == Instant.MaxValue ? DateOnly.MaxValue : given.Clock.DayAt(span.To);
}
