using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random look-up tables from the network that some events carry, one after the other.</summary>
internal static class LookupMaker
{
    /// <summary>The dimension that is looked up.</summary>
    internal const string Network = "net";

    internal static readonly string[] Networks = ["1", "12", "123", "2", "21", "3"];

    internal static PlanDefinition Any(Dice dice, PlanDefinition plan) => dice.Chance(25)
        ? plan with { Lookups = [.. Enumerable.Range(0, dice.From(1, 3)).Select(_ => Table(dice))] }
        : plan;

    private static LookupDefinition Table(Dice dice)
    {
        var (dimension, values) = dice.Of(
            ("place", MatrixMaker.Places), ("kind", MatrixMaker.Kinds), ("session", ["x", "w"]), (Network, ["1", "23"]));
        return new(
            dimension, Network, dice.Chance(60) ? LookupMatch.Prefix : LookupMatch.Exact,
            [.. Networks.Where(_ => dice.Chance(50)).DefaultIfEmpty("1").Select(n => KeyValuePair.Create(n, dice.Of(values)))],
            dice.Chance(40) ? dice.Of(values) : null);
    }
}
