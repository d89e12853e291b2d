namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Makes plans: a price per unit, graduated tiers, tiers with flat fees, each with or without a fee a period.</summary>
internal sealed class PlanMaker(string cycle, Random random)
{
    private static readonly string[] Ids = ["unit", "tiers", "flat"];

    /// <summary>The plans that every tenant has.</summary>
    public IEnumerable<PlanTerms> First() => Ids.Select(Make);

    /// <summary>A new version of one of them; its prices differ from all before.</summary>
    public PlanTerms Next() => Make(Ids[random.Next(Ids.Length)]);

    /// <summary>One of the plans.</summary>
    public string Pick() => Ids[random.Next(Ids.Length)];

    private PlanTerms Make(string id) => new(
        id, cycle, Fee: random.Next(2) == 0 ? null : Price(3_000, 0.01m), Tiers(id), PerEvent: Price(900, 0.0001m));

    private PlanTier[] Tiers(string id) => id switch
    {
        "unit" => [new(null, Price(9_999, 0.0001m), 0m)],
        "tiers" => [new(50m, Price(9_999, 0.0001m), 0m), new(500m, Price(9_999, 0.0001m), 0m), new(null, Price(9_999, 0.0001m), 0m)],
        _ =>
        [
            new(100m, Price(9_999, 0.0001m), Price(900, 0.01m)),
            new(1_000.5m, Price(9_999, 0.0001m), Price(900, 0.01m)),
            new(null, Price(9_999, 0.0001m), 0m),
        ],
    };

    private decimal Price(int most, decimal step) => random.Next(1, most) * step;
}
