using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Counts devices, and what they bring to a pool. Rules: "Devices and pools", "Changes of plan" and "Pauses" of
/// docs/pricing.md.</summary>
internal static class OraclePresence
{
    /// <summary>Local days for which a fee is due: on which it was there outside of pauses.</summary>
    internal static int Days(OraclePart part, OracleDevice device, IReadOnlyList<LifecycleState> states) =>
        Days(part, Unpaused(part, Within(part, Spans(device, states))));

    /// <summary>Whether it was there at any instant outside of pauses.</summary>
    internal static bool Any(OraclePart part, OracleDevice device, IReadOnlyList<LifecycleState> states) =>
        Unpaused(part, Within(part, Spans(device, states))).Any(s => s.From < part.Period.End && s.To > part.Period.Start);

    /// <summary>Whether it joined the subscription: was there for the first time.</summary>
    internal static bool Joins(OraclePart part, OracleDevice device, IReadOnlyList<LifecycleState> states) =>
        Spans(device, states) is [var first, ..] && part.Holds(first.From);

    /// <summary>Changes from one of some states to one of others.</summary>
    internal static int Transitions(OraclePart part, OracleDevice device, ChargeDefinition charge) => device.Changes()
        .Count(c => part.Holds(c.At) && charge.FromStates.Contains(c.Before) && IsIn(charge.States, c.After));

    /// <summary>Days for which a device brings its quantity; pauses take none.</summary>
    internal static int DaysOfPool(OraclePart part, OracleDevice device, AllowanceDefinition pool)
    {
        var spans = Within(part, Spans(device, pool.States));
        var there = spans.Where(s => s.From < part.Period.End && s.To > part.Period.Start).ToList();
        if (there.Count == 0)
        {
            return 0;
        }

        var days = Days(part, spans);
        var (begin, first) = (part.IsFirst ? part.Period.Start : part.From, part.IsFirst ? part.Period.From : part.FirstDay);
        if (pool.Joiner == MemberShare.Whole && there[0].From > begin)
        {
            days += FirstDay(part, there[0]).DayNumber - first.DayNumber;
        }

        var (end, last) = (part.IsLast ? part.Period.End : part.To, part.IsLast ? part.Period.To : part.LastDay);
        if (pool.Leaver == MemberShare.Whole && there[^1].To < end)
        {
            days += last.DayNumber - LastDay(part, there[^1]).DayNumber;
        }

        return days;
    }

    /// <summary>What all devices bring.</summary>
    internal static Rational Brought(OraclePart part, AllowanceDefinition pool) => part.Given.Devices
        .Aggregate((Rational)0, (sum, d) => sum + DaysOfPool(part, d, pool)) * pool.PerDevice / part.Period.Days;

    /// <summary>Day by day: the day it comes counts, the day it goes does not.</summary>
    private static int Days(OraclePart part, List<(Instant From, Instant To)> spans)
    {
        var days = 0;
        for (var day = part.Period.From; spans.Count > 0 && day < part.Period.To; day = day.AddDays(1))
        {
            days += spans.Count(s => FirstDay(part, s) <= day && day < LastDay(part, s));
        }

        return days;
    }

    /// <summary>Stretches in one of the states; those that touch are one.</summary>
    private static List<(Instant From, Instant To)> Spans(OracleDevice device, IReadOnlyList<LifecycleState> states)
    {
        var spans = new List<(Instant From, Instant To)>();
        foreach (var (from, to, _) in device.History.Where(h => IsIn(states, h.State)))
        {
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

    /// <summary>Only the stage's own time.</summary>
    private static List<(Instant From, Instant To)> Within(OraclePart part, List<(Instant From, Instant To)> spans) =>
    [
        .. spans.Select(s => (From: s.From > part.Stage.From ? s.From : part.Stage.From, To: s.To < part.Stage.To ? s.To : part.Stage.To))
            .Where(s => s.From < s.To),
    ];

    private static List<(Instant From, Instant To)> Unpaused(OraclePart part, List<(Instant From, Instant To)> spans)
    {
        foreach (var pause in part.Given.Pauses)
        {
            spans =
            [
                .. spans.SelectMany(s => new[]
                {
                    (s.From, To: s.To < pause.From ? s.To : pause.From), (From: s.From > pause.To ? s.From : pause.To, s.To),
                }).Where(s => s.From < s.To),
            ];
        }

        return spans;
    }

    private static bool IsIn(IReadOnlyList<LifecycleState> states, LifecycleState state) =>
        states.Count == 0 ? state == LifecycleState.Active : states.Contains(state);

    private static DateOnly FirstDay(OraclePart part, (Instant From, Instant To) span) => part.Given.Clock.DayAt(span.From);

    private static DateOnly LastDay(OraclePart part, (Instant From, Instant To) span) =>
        span.To == Instant.MaxValue ? DateOnly.MaxValue : part.Given.Clock.DayAt(span.To);
}
