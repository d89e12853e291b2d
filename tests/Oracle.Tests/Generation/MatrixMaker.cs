using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random matrices over the dimensions that events have.</summary>
internal static class MatrixMaker
{
    internal static readonly string[] Places = ["north", "south", "east"];

    internal static readonly string[] Kinds = ["sms", "voice"];

    internal static PriceDefinition Any(Dice dice, bool money)
    {
        var shared = dice.Chance(50);
        var rows = new List<MatrixRow>();
        var otherwise = dice.Chance(85);
        for (var i = dice.From(1, 5); i > 0; i--)
        {
            WhereClause[] keys = [.. Key(dice, "place", Places), .. Key(dice, "kind", Kinds)];
            if ((keys.Length > 0 || !otherwise) && !rows.Any(r => Overlap(r.Keys, keys)))
            {
                rows.Add(new($"r{rows.Count}", keys, Row(dice, money, shared)));
            }
        }

        if (rows.Count == 0)
        {
            rows.Add(new("r", [new("place", ["north"])], Row(dice, money, shared)));
        }

        return new()
        {
            Model = PriceModel.Matrix,
            Matrix = new(
                dice.Chance(50) ? ["place", "kind"] : ["kind", "place"],
                shared ? MatrixCounters.Shared : MatrixCounters.PerRow,
                rows, otherwise ? new("rest", Row(dice, money, shared)) : null),
        };
    }

    private static IEnumerable<WhereClause> Key(Dice dice, string dimension, string[] values) =>
        dice.Chance(60) ? [new(dimension, [.. values.Where(_ => dice.Chance(50)).DefaultIfEmpty(values[0])])] : [];

    /// <summary>Rows that give the same dimensions must not fit the same event.</summary>
    private static bool Overlap(IReadOnlyList<WhereClause> a, WhereClause[] b) =>
        a.Count == b.Length && a.Zip(b).All(pair =>
            pair.First.Dimension == pair.Second.Dimension && pair.First.Values.Intersect(pair.Second.Values).Any());

    private static PriceDefinition Row(Dice dice, bool money, bool shared)
    {
        var price = PriceMaker.Any(dice, money);
        while (shared && price.Model is not (
            PriceModel.PerUnit or PriceModel.Graduated or PriceModel.GraduatedPercentage or PriceModel.Volume))
        {
            price = PriceMaker.Any(dice, money);
        }

        return shared && price.Model == PriceModel.Volume
            ? price with { Tiers = [.. price.Tiers!.Select(t => new TierDefinition(t.UpTo, t.UnitPrice ?? 1m))] }
            : price;
    }
}
