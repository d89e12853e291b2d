using System.Numerics;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Who of a pool's devices pays for what is beyond it, to the minor unit. Rules: "Devices and pools" of docs/pricing.md.</summary>
internal static class PoolComparison
{
    /// <param name="minor">What the charge costs; not below zero.</param>
    internal static string? Find(OraclePart part, ChargeDefinition charge, BigInteger minor, IReadOnlyList<OracleEvent> events)
    {
        var meter = part.Given.Meters[charge.Meter!];
        if (charge.Allowance is not { } pool || part.Given.Devices.Count == 0 || minor.Sign < 0 || meter.Lasts
            || meter.Kind != AggregationKind.Sum || charge is not { PerLine: null, PerDevice: null, PerEvent: null, Of: UsageBasis.Value, Unit: null }
            || meter.Counts)
        {
            return null;
        }

        var devices = part.Given.Devices.Select(d => (d.Id, Days: OraclePresence.DaysOfPool(part, d, pool), Used: events
            .Where(e => e.Device == d.Id && e.Meter == charge.Meter && charge.Where.All(e.Fits)).Sum(e => e.Value))).ToList();
        var period = new BillingCalendar(part.Given.Zone, part.Given.Anchor, part.Plan.Cycle).Period(part.Period.Index);
        foreach (var split in new[] { PoolSplit.Excess, PoolSplit.Usage })
        {
            var engine = PoolSharing.Share(
                charge, meter.Unit, period, [.. devices.Select(d => (d.Id, (decimal)d.Days, d.Used))],
                new Money((long)minor, Currency.FromCode(part.Plan.Currency)), split);
            var expected = Share(part, pool, minor, devices, split);
            if (!engine.Select(m => (BigInteger)m.Share.MinorUnits).SequenceEqual(expected))
            {
                return $"{charge.Id} shared by {split}: engine {string.Join(", ", engine)}, oracle {string.Join(", ", expected)}";
            }
        }

        return null;
    }

    private static BigInteger[] Share(
        OraclePart part, AllowanceDefinition pool, BigInteger minor, List<(string Id, int Days, decimal Used)> devices, PoolSplit split)
    {
        // What a device brings is given to 12 places.
        Rational[] excess = [.. devices.Select(d =>
            Rational.Max(0, d.Used - ((Rational)d.Days * pool.PerDevice / part.Period.Days).ToPlaces()))];
        Rational[] used = [.. devices.Select(d => (Rational)d.Used)];
        Rational[] days = [.. devices.Select(d => (Rational)d.Days)];
        Rational[] equal = [.. devices.Select(_ => (Rational)1)];
        Rational[][] ways = [split == PoolSplit.Excess ? excess : used, used, days, equal];
        return LargestRemainder.Split(minor, ways.First(weights => weights.Any(w => !w.IsZero)));
    }
}
