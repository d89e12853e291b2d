using System.Numerics;
using NodaTime;
using OrleansBilling.Core.Amounts;
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

            foreach (var (pieceFrom, pieceTo) in stays.SelectMany(s => Cut(part, charge, OracleLasting.Later(s.From, from), OracleLasting.Earlier(s.To, to.Time))))
            {
                var quantity = session.Reports == "duration"
                    ? OracleLasting.Seconds(pieceFrom, pieceTo)
                    : UpTo(used, from, to.Time, pieceTo) - UpTo(used, from, to.Time, pieceFrom);
                yield return (pieceFrom, quantity, to, false);
            }
        }
    }

    /// <summary>At ends of periods and where prices change.</summary>
    private static IEnumerable<(Instant From, Instant To)> Cut(OraclePart part, ChargeDefinition charge, Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var end = OracleLasting.Earlier(to, part.Given.Period(part.Given.IndexAt(at)).End);
            var cuts = OracleLasting.Cuts(part, charge, at, end);
            for (var i = 0; i + 1 < cuts.Count; i++)
            {
                yield return (cuts[i], cuts[i + 1]);
            }

            at = end;
        }
    }

    /// <summary>The share of the time, rounded half even to 12 decimals.</summary>
    private static Rational UpTo(Rational used, Instant from, Instant to, Instant time)
    {
        var share = used * OracleLasting.Seconds(from, time) / OracleLasting.Seconds(from, to);
        var places = BigInteger.Pow(10, 12);
        return time == to ? used : new((share * new Rational(places, 1)).Round(LineRounding.HalfEven), places);
    }

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
        private readonly HashSet<string> _phases = [.. records.Select(e => e.Sent.GetValueOrDefault(session.Phase) ?? "interim")];

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
