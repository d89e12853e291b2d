using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What levels and sessions come to in a part of a period, as usage of instants: pieces that are each in one price. Rules:
/// "Levels" and "Sessions" of docs/pricing.md, ADR 0020.</summary>
internal static class OracleLasting
{
    private const long Quarter = 15 * NodaConstants.TicksPerMinute;

    /// <param name="records">All of the subscription's life that are known, as they were sent.</param>
    internal static IReadOnlyList<OracleEvent> Pieces(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, IReadOnlyList<OracleEvent> records)
    {
        var mine = records.Where(e => e.Meter == meter.Id).ToList();
        return meter.Session is null
            ? [.. mine.GroupBy(e => e.Device).SelectMany(device => OracleLevels.Of(part, charge, meter, device.Key, [.. device]))]
            : [.. mine.GroupBy(e => (e.Device, Id: e.Sent[meter.Session.Id])).SelectMany(session =>
                OracleSessions.Of(part, charge, meter, session.Key.Device, [.. session]))];
    }

    /// <summary>Of an integral: the level's unit over time; in the level's own unit the average over the period.</summary>
    internal static Rational Ratio(OraclePart part, ChargeDefinition charge, MeterDefinition meter)
    {
        if (meter.Aggregation != "timeWeighted")
        {
            return OracleUnits.Ratio(meter.Unit, charge.Unit);
        }

        var unit = (charge.Unit ?? meter.Unit).Split('*');
        var seconds = unit.Length == 2 ? OracleUnits.Ratio(unit[1], "s") : Seconds(part.Period.Start, part.Period.End);
        return OracleUnits.Ratio(meter.Unit, unit[0]) / seconds;
    }

    /// <summary>When a device was in use by the stage, in time order: a state that is told again is no cut.</summary>
    internal static IEnumerable<(Instant From, Instant To)> Stays(OraclePart part, string device) => part.Given.Devices
        .Where(d => d.Id == device).SelectMany(d => d.History.Aggregate(
            new List<(Instant From, Instant To, LifecycleState State)>(),
            (all, next) =>
            {
                var goesOn = all.Count > 0 && all[^1].To == next.From && all[^1].State == next.State;
                if (goesOn)
                {
                    all[^1] = all[^1] with { To = next.To };
                }
                else
                {
                    all.Add(next);
                }

                return all;
            }))
        .Where(h => h.State is LifecycleState.Active or LifecycleState.Standby)
        .Select(h => (From: Later(h.From, part.Stage.From), To: Earlier(h.To, part.Stage.To))).Where(s => s.From < s.To);

    /// <summary>The instants within a stretch at which the price of a charge changes, with both ends.</summary>
    internal static List<Instant> Cuts(OraclePart part, ChargeDefinition charge, Instant from, Instant to)
    {
        var cuts = new List<Instant> { from };
        var before = part.Given.PriceAt(charge, from);
        foreach (var time in Candidates(part, charge, from, to))
        {
            var price = part.Given.PriceAt(charge, time);
            if (!ReferenceEquals(price, before))
            {
                cuts.Add(time);
            }

            before = price;
        }

        cuts.Add(to);
        return cuts;
    }

    internal static Rational Seconds(Instant from, Instant to) =>
        new((to - from).BclCompatibleTicks, NodaConstants.TicksPerSecond);

    internal static Instant Later(Instant one, Instant other) => one > other ? one : other;

    internal static Instant Earlier(Instant one, Instant other) => one < other ? one : other;

    private static IEnumerable<Instant> Candidates(OraclePart part, ChargeDefinition charge, Instant from, Instant to)
    {
        if (charge.Schedule is { } schedule)
        {
            return schedule.Entries.Select(e => e.From).Append(schedule.Until ?? from).Where(t => t > from && t < to).Order();
        }

        return charge.TimeOfUse is { } timeOfUse ? Quarters(part, timeOfUse, from, to) : [];
    }

    /// <summary>The quarters of an hour at which the clock on the wall shows a border, a new day, or is moved: windows of cases begin and
    /// end at one, and so do changes of the clock.</summary>
    private static IEnumerable<Instant> Quarters(OraclePart part, TimeOfUseDefinition timeOfUse, Instant from, Instant to)
    {
        var borders = timeOfUse.Windows.SelectMany(w => new[] { w.From.TickOfDay, w.To.TickOfDay }).Append(0).ToHashSet();
        var before = part.Given.Clock.At(from);
        var ticks = from.ToUnixTimeTicks();
        for (var next = ticks - (((ticks % Quarter) + Quarter) % Quarter) + Quarter; next < to.ToUnixTimeTicks(); next += Quarter)
        {
            var time = Instant.FromUnixTimeTicks(next);
            var wall = part.Given.Clock.At(time);
            if (borders.Contains(wall.TimeOfDay.Ticks) || (wall - before).Ticks != (time - from).BclCompatibleTicks)
            {
                yield return time;
            }

            (before, from) = (wall, time);
        }
    }
}
