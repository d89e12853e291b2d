using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>How far amounts without a finite decimal may be off. Every other amount must be equal.</summary>
internal static class Tolerances
{
    private const decimal TenTo25 = 10_000_000_000_000_000_000_000_000m;

    /// <summary>Shares of days and odd units may differ by as much as prices can make of half of the 12th place of a quantity.</summary>
    internal static Rational Of(OraclePart part, ChargeDefinition charge, OracleCarried carried)
    {
        var lasts = charge.Meter is { } meter && part.Given.Meters[meter].Aggregation == MeterDefinition.TimeWeighted;
        if (!lasts && charge.Unit is null && charge.Allowance is null && charge.Allowances.Count == 0 && charge.Kind != ChargeKind.Recurring
            && !charge.ProrateBounds)
        {
            return 0;
        }

        var highest = charge.Prices().SelectMany(p => (p.Tiers?.Select(t => t.UnitPrice) ?? []).Append(p.UnitPrice))
            .Append(1_000m).Max(p => Math.Abs(p ?? 0m));
        // Several allowances are cut at the 12th place of the meter's unit, which may be many of the priced one.
        var size = charge.Allowances.Count > 0 && charge.Unit is not null
            ? OracleUnits.Ratio(part.Given.Meters[charge.Meter!].Unit, charge.Unit)
            : 1;
        // What is carried over was cut once in each period before.
        var cuts = 1 + charge.Allowances.Sum(a => carried.Of(charge.Id, a.Id).Count);
        return Rational.Max(1, size) * highest * cuts / 100_000_000_000m;
    }

    /// <summary>A percentage of an amount of very many digits is cut at the 28th.</summary>
    internal static Rational OfDiscount(ChargeDefinition charge, OracleLine line) =>
        charge.DiscountPercent is null ? 0 : line.Exact.Abs() / TenTo25;

    internal static Rational OfTerms(OraclePart part) =>
        part.Plan is { Minimum.Prorate: true } or { Maximum.Prorate: true } || (!part.IsAlone && part.Plan.Discounts.Count > 0) ? 0.000000001m : 0;

    /// <summary>Whether an amount lies so near to where rounding jumps that only exact arithmetic can tell the side. An amount
    /// that lies on it is not near: it must be rounded right, but where a discount made an amount finite again that a converted
    /// quantity of 12 places was already cut for.</summary>
    internal static bool IsNearlyOnEdge(Rational minor, Rational allowed, bool cut)
    {
        var halves = minor * 2;
        var distance = (halves - new Rational(halves.Round(LineRounding.HalfEven), 1)).Abs();
        return (cut || !distance.IsZero) && distance <= allowed * 2;
    }
}
