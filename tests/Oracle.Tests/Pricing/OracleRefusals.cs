using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Which usage is kept back as a whole. Codes: docs/pricing.md and docs/api.md.</summary>
internal static class OracleRefusals
{
    private const decimal QuantitiesBelow = 1_000_000_000_000_000m;
    private const decimal LevelsBelow = 1_000_000_000_000m;

    /// <summary>Every reason; any of them may be given.</summary>
    internal static IReadOnlyList<string> Of(Case given, IReadOnlyList<OracleStage> stages, OracleEvent e)
    {
        if (OfValue(given.Meters[e.Meter], e.Value) is { } absurd)
        {
            return [absurd];
        }

        var state = given.Devices.SingleOrDefault(d => d.Id == e.Device)?.At(e.Time);
        if (state is not (LifecycleState.Active or LifecycleState.Standby))
        {
            return [state is null ? "usage.unassigned" : "device.suspended"];
        }

        if (stages.SingleOrDefault(s => s.From <= e.Time && e.Time < s.To) is not { } stage)
        {
            return ["usage.subscription_inactive"];
        }

        return given.Pauses.Any(p => p.From <= e.Time && e.Time < p.To && !p.BillsUsage)
            ? ["subscription.paused"]
            : OfPrices(given, stage, OracleLookups.Apply(stage.Plan, e));
    }

    /// <summary>Below 10^15 with at most 12 decimals, a level below 10^12; less than zero only where a level changes.</summary>
    private static string? OfValue(MeterDefinition meter, decimal value)
    {
        var changes = meter is { UniqueOf: null, Operation: null }
            && (meter.Reports == "change" || meter is { Aggregation: "sum", CarryOver: true });
        var limit = meter.IsLevel ? LevelsBelow : QuantitiesBelow;
        return Math.Abs(value) >= limit || decimal.Round(value, 12, MidpointRounding.ToEven) != value ? "usage.value_out_of_range"
            : value < 0m && !changes ? "usage.negative_quantity"
            : null;
    }

    private static List<string> OfPrices(Case given, OracleStage stage, OracleEvent e)
    {
        var reasons = new List<string>();
        if (!stage.Plan.Charges.Any(c => c.Meter == e.Meter))
        {
            reasons.Add("rating.no_charge_for_meter");
        }

        foreach (var charge in stage.Plan.Charges.Where(c => c.Meter == e.Meter && c.Where.All(e.Fits)))
        {
            var price = given.PriceAt(charge, e.Time);
            if (price is null)
            {
                reasons.Add("rating.no_price_at_time");
            }
            else if (price.Matrix is { } matrix && OracleMatrix.Find(matrix, e) is null)
            {
                reasons.Add("rating.no_price_for_dimensions");
            }
        }

        return reasons;
    }
}
