using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>How the usage of a price becomes one quantity. Rules: "Rounding quantities" and "Meters that do not add" of
/// docs/pricing.md.</summary>
internal static class OracleQuantity
{
    internal static OracleUse Of(ChargeDefinition charge, MeterDefinition meter, Rational ratio, IReadOnlyList<OracleEvent> events)
    {
        var aggregation = charge.Of == UsageBasis.Events ? "count" : meter.Lasts ? "sum" : meter.Aggregation;
        var perDevice = meter.Per == "device" && !meter.Lasts && charge.Of == UsageBasis.Value;
        var quantity = perDevice || charge.PerDevice is not null
            ? events.GroupBy(e => e.Device).Aggregate((Rational)0, (sum, device) =>
                sum + Rounded(charge.PerDevice, Aggregated(charge, aggregation, [.. device])))
            : Aggregated(charge, aggregation, events);
        Rational[] counted = [.. events.Select(e => Counted(charge, aggregation, e) * ratio)];
        var converted = quantity * ratio;
        // A quantity is given to 12 places: what is less is nothing, but a line is rounded before that.
        return new(charge.PerLine is null && converted.ToPlaces().IsZero ? 0 : Rounded(charge.PerLine, converted), counted);
    }

    private static Rational Aggregated(ChargeDefinition charge, string aggregation, IReadOnlyList<OracleEvent> events)
    {
        var values = events.Select(e => (e.Time, Value: Counted(charge, aggregation, e)));
        return aggregation switch
        {
            "max" => values.Max(v => v.Value),
            "min" => values.Min(v => v.Value),
            "latest" => values.OrderBy(v => v.Time).ThenBy(v => v.Value).Last().Value,
            "unique" => events.Select(e => e.Sent["session"]).Distinct().Count(),
            _ => values.Aggregate((Rational)0, (sum, v) => sum + v.Value),
        };
    }

    private static Rational Counted(ChargeDefinition charge, string aggregation, OracleEvent e)
    {
        if (aggregation == "count")
        {
            return 1;
        }

        if (e.Counted is { } piece)
        {
            return piece;
        }

        var rest = charge.PerEvent?.Free is { } free ? Rational.Max(0, (Rational)e.Value - free) : e.Value;
        rest = charge.PerEvent?.RoundUpTo is { } block ? new Rational((rest / block).Ceiling(), 1) * block : rest;
        return Rounded(charge.PerEvent?.Rounding, rest);
    }

    /// <summary>A first increment is taken whole; only what is beyond it is rounded.</summary>
    internal static Rational Rounded(QuantityRounding? rounding, Rational quantity)
    {
        if (rounding is null || quantity.IsZero)
        {
            return quantity;
        }

        var beyond = (quantity - (rounding.First ?? 0m)) / rounding.RoundTo;
        return beyond <= 0 ? rounding.First!.Value : (new Rational(beyond.Round(rounding.Mode), 1) * rounding.RoundTo) + (rounding.First ?? 0m);
    }
}
