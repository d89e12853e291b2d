using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>One session of one device: its records at each instant, what is used between them, and where that is cut.</summary>
internal static class OracleSessions
{
    internal static IEnumerable<OracleEvent> Of(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, string device, List<OracleEvent> records)
    {
        var readings = records.GroupBy(e => e.Time).OrderBy(g => g.Key).Select(g => new Reading(meter.Session!, g.Key, [.. g])).ToList();
        var start = readings.FirstOrDefault(r => r.Starts) ?? readings[0];
        Rational sum = 0;
        Rational counted = 0;
        foreach (var (time, quantity, reading, isFirst) in Uses(part, charge, meter, device, readings))
        {
            var sent = start.Dimensions.Concat(reading.Dimensions).GroupBy(d => d.Key).ToDictionary(g => g.Key, g => g.Last().Value);
            var piece = OracleLookups.Apply(part.Plan, records[0] with { Time = time, Sent = sent });
            if (!charge.Where.All(piece.Fits) || isFirst != (charge.Of == UsageBasis.Events))
            {
                continue;
            }

            sum += quantity;
            var all = OracleQuantity.Rounded(charge.PerSession, sum);
            if (part.Period.Holds(time))
            {
                yield return piece with { Counted = charge.PerSession is null ? quantity : all - counted };
            }

            counted = all;
        }
    }

    /// <summary>All that falls into the stage, period after period, in pieces of one price; first a mark of the first instant.</summary>
    private static IEnumerable<(Instant Time, Rational Quantity, Reading Reading, bool IsFirst)> Uses(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, string device, List<Reading> readings)
    {
        var stays = OracleLasting.Stays(part, device).ToList();
        var session = meter.Session!;
        bool isThere(Instant time) => stays.Any(s => s.From <= time && time < s.To);
        if (isThere(readings[0].Time))
        {
            yield return (readings[0].Time, 0, readings[0], true);
        }

        for (var i = 0; i < readings.Count; i++)
        {
            var to = readings[i];
            var used = i == 0 ? First(session, to) : Between(session, readings[i - 1], to);
            var from = i == 0 || Apart(session, readings[i - 1], to) ? to.Time : readings[i - 1].Time;
            if (session.Reports == "duration")
            {
                used = OracleLasting.Seconds(from, to.Time);
            }

            if (from == to.Time)
            {
                if (!used.IsZero && isThere(from))
                {
                    yield return (from, used, to, false);
                }

                continue;
            }

            foreach (var (ownFrom, ownTo) in stays.SelectMany(s =>
                ByPeriod(part, OracleLasting.Later(s.From, from), OracleLasting.Earlier(s.To, to.Time))))
            {
                // First where it is another's, then where the price changes: each time shares of what there is.
                var own = Share(session, used, (from, to.Time), ownFrom, ownTo);
                var cuts = OracleLasting.Cuts(part, charge, ownFrom, ownTo);
                for (var k = 0; k + 1 < cuts.Count; k++)
                {
                    yield return (cuts[k], Share(session, own, (ownFrom, ownTo), cuts[k], cuts[k + 1]), to, false);
                }
            }
        }
    }

    private static IEnumerable<(Instant From, Instant To)> ByPeriod(OraclePart part, Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var end = OracleLasting.Earlier(to, part.Given.Period(part.Given.IndexAt(at)).End);
            yield return (at, end);
            at = end;
        }
    }

    /// <summary>The part of a stretch from one instant to another.</summary>
    private static Rational Share(SessionRule session, Rational used, (Instant From, Instant To) stretch, Instant from, Instant to) =>
        session.Reports == "duration"
            ? OracleLasting.Seconds(from, to)
            : UpTo(used, stretch, to) - UpTo(used, stretch, from);

    /// <summary>The share of the time, rounded half even to 12 decimals.</summary>
    private static Rational UpTo(Rational used, (Instant From, Instant To) stretch, Instant time) => time == stretch.To
        ? used
        : (used * OracleLasting.Seconds(stretch.From, time) / OracleLasting.Seconds(stretch.From, stretch.To)).ToPlaces();

    private static Rational First(SessionRule session, Reading first) => session.Reports is "total" or "delta" ? first.Value : 0;

    private static Rational Between(SessionRule session, Reading before, Reading now) => session.Reports switch
    {
        "delta" => now.Value,
        _ when now.BeginsAnew => session.Reports == "total" ? now.Value : 0,
        _ => now.Value >= before.Value ? now.Value - before.Value : now.Value,
    };

    /// <summary>Nothing is known of the time between.</summary>
    private static bool Apart(SessionRule session, Reading before, Reading now) => before.IsOver || now.BeginsAnew
        || (session.TimeoutSeconds is { } most && OracleLasting.Seconds(before.Time, now.Time) > most);

    /// <summary>All records of an instant, taken together.</summary>
    private sealed class Reading(SessionRule session, Instant time, List<OracleEvent> records)
    {
        /// <summary>An interim record says no more than its value.</summary>
        private readonly HashSet<string> _phases =
            [.. records.Select(e => e.Sent.GetValueOrDefault(session.Phase)).OfType<string>().Where(phase => phase != "interim")];

        internal Instant Time { get; } = time;

        internal Rational Value { get; } = records.Max(e => e.Value);

        internal bool Starts => _phases.Contains("start");

        internal bool BeginsAnew => _phases.SetEquals(["start"]);

        internal bool IsOver => _phases.SetEquals(["stop"]);

        internal Dictionary<string, string> Dimensions { get; } = records.SelectMany(e => e.Sent)
            .Where(d => d.Key != session.Id && d.Key != session.Phase).GroupBy(d => d.Key)
            .ToDictionary(g => g.Key, g => g.MaxBy(d => d.Value, StringComparer.Ordinal).Value);
    }
}
