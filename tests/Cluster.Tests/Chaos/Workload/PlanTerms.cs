using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>
/// A plan as the harness knows it: a fee a period, a price for the quantity in graduated tiers, and a price for each
/// event. One tier without end and without a flat fee is a price per unit.
/// </summary>
/// <param name="Cycle"><c>day</c> or <c>month</c>.</param>
/// <param name="Fee">A period; null for none.</param>
/// <param name="PerEvent">Each event, whatever its value.</param>
internal sealed record PlanTerms(string Id, string Cycle, decimal? Fee, PlanTier[] Tiers, decimal PerEvent)
{
    public const string Meter = "energy";
    public const string FeeCharge = "fee";
    public const string UseCharge = "use";
    public const string CountCharge = "count";

    /// <summary>The plan as the API takes it.</summary>
    public JsonObject ToJson()
    {
        var charges = new JsonArray();
        if (Fee is { } fee)
        {
            charges.Add(new JsonObject
            {
                ["id"] = FeeCharge, ["kind"] = "recurring", ["amount"] = Text(fee), ["proration"] = "none",
            });
        }

        charges.Add(UseJson());
        charges.Add(new JsonObject
        {
            ["id"] = CountCharge, ["meter"] = Meter, ["unit"] = "event", ["of"] = "events",
            ["model"] = "perUnit", ["unitPrice"] = Text(PerEvent),
        });
        return new JsonObject
        {
            ["id"] = Id, ["currency"] = "EUR", ["charges"] = charges,
            ["cycle"] = new JsonObject { ["unit"] = Cycle, ["count"] = 1 },
        };
    }

    private JsonObject UseJson()
    {
        var use = new JsonObject { ["id"] = UseCharge, ["meter"] = Meter };
        if (Tiers is [{ UpTo: null, FlatFee: 0m } only])
        {
            use["model"] = "perUnit";
            use["unitPrice"] = Text(only.UnitPrice);
            return use;
        }

        use["model"] = "graduated";
        use["tiers"] = new JsonArray([.. Tiers.Select(tier => new JsonObject
        {
            ["upTo"] = tier.UpTo is { } end ? Text(end) : null,
            ["unitPrice"] = Text(tier.UnitPrice),
            ["flatFee"] = Text(tier.FlatFee),
        })]);
        return use;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Units above the tier before and up to <paramref name="UpTo"/>; the flat fee is due once it is entered.</summary>
internal sealed record PlanTier(decimal? UpTo, decimal UnitPrice, decimal FlatFee);
