using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What usage costs, by arithmetic of the checker's own.</summary>
internal static class PlainPrice
{
    /// <summary>Graduated tiers, rounded once, half away from zero.</summary>
    public static decimal OfQuantity(PlanTerms plan, decimal quantity)
    {
        var (amount, from) = (0m, 0m);
        foreach (var tier in plan.Tiers)
        {
            if (quantity <= from)
            {
                break;
            }

            amount += ((Math.Min(quantity, tier.UpTo ?? quantity) - from) * tier.UnitPrice) + tier.FlatFee;
            from = tier.UpTo ?? quantity;
        }

        return Cents(amount);
    }

    public static decimal OfEvents(PlanTerms plan, long events) => Cents(events * plan.PerEvent);

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
