using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The levels of one device.</summary>
internal static class OracleLevels
{
    internal static IEnumerable<OracleEvent> Of(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, string device, List<OracleEvent> records) =>
        records.GroupBy(e => Key(meter, e)).SelectMany(level => Of(part, charge, meter, device, Known(part, meter, [.. level]), level.First()));

    /// <summary>Those that count in the period: of a level that does not go on, its own.</summary>
    private static List<OracleEvent> Known(OraclePart part, MeterDefinition meter, List<OracleEvent> records) =>
        meter.CarryOver ?? (meter.Aggregation == "timeWeighted") ? records : [.. records.Where(e => part.Period.Holds(e.Time))];

    private static IEnumerable<OracleEvent> Of(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, string device, List<OracleEvent> records, OracleEvent like)
    {
        var seen = OracleLookups.Apply(part.Plan, like with { Sent = WithoutOperation(meter, like) });
        if (!charge.Where.All(seen.Fits))
        {
            yield break;
        }

        foreach (var (stayFrom, stayTo) in OracleLasting.Stays(part, device))
        {
            var (from, to) = (OracleLasting.Later(stayFrom, part.Period.Start), OracleLasting.Earlier(stayTo, part.Period.End));
            if (from < to)
            {
                foreach (var piece in meter.Aggregation == "timeWeighted"
                    ? Integral(part, charge, meter, records, from, to)
                    : AtEnd(part, meter, records, to))
                {
                    yield return seen with { Time = piece.At, Counted = piece.Quantity };
                }
            }
        }
    }

    private static IEnumerable<(Instant At, Rational Quantity)> Integral(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, List<OracleEvent> records, Instant from, Instant to)
    {
        List<Instant> marks = [from, .. records.Select(e => e.Time).Where(t => t > from && t < to).Distinct().Order(), to];
        for (var i = 0; i + 1 < marks.Count; i++)
        {
            var level = At(meter, records, marks[i]);
            if (level.IsZero)
            {
                continue;
            }

            var cuts = OracleLasting.Cuts(part, charge, marks[i], marks[i + 1]);
            for (var k = 0; k + 1 < cuts.Count; k++)
            {
                yield return (cuts[k], level * OracleLasting.Seconds(cuts[k], cuts[k + 1]));
            }
        }
    }

    /// <summary>Counts once, at the end of the period or of the subscription.</summary>
    private static IEnumerable<(Instant At, Rational Quantity)> AtEnd(
        OraclePart part, MeterDefinition meter, List<OracleEvent> records, Instant to)
    {
        var last = OracleLasting.Earlier(part.Period.End, part.Given.End);
        var instant = last - Duration.FromTicks(1);
        if (to == last && At(meter, records, instant) is var level && !level.IsZero)
        {
            yield return (instant, level);
        }
    }

    private static Rational At(MeterDefinition meter, List<OracleEvent> records, Instant time)
    {
        var known = records.Where(e => e.Time <= time).ToList();
        if (known.Count == 0)
        {
            return 0;
        }

        var last = known.Where(e => e.Time == known.Max(k => k.Time)).ToList();
        if (meter.UniqueOf is not null)
        {
            return last.Any(e => Removes(meter, e)) ? 0 : 1;
        }

        return meter.Aggregation == "sum" || meter.Reports == "change"
            ? Rational.Max(0, known.Aggregate((Rational)0, (sum, e) => Removes(meter, e) ? sum - e.Value : sum + e.Value))
            : last.Max(e => e.Value);
    }

    private static bool Removes(MeterDefinition meter, OracleEvent e) =>
        meter.Operation is { } operation && e.Sent.GetValueOrDefault(operation) == "remove";

    private static Dictionary<string, string> WithoutOperation(MeterDefinition meter, OracleEvent e) =>
        e.Sent.Where(d => d.Key != meter.Operation).ToDictionary();

    private static string Key(MeterDefinition meter, OracleEvent e) =>
        string.Join('&', WithoutOperation(meter, e).OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}={d.Value}"));
}
