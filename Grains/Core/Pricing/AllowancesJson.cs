using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of <c>allowances</c>: form, types, and which property goes with which kind.</summary>
internal static class AllowancesJson
{
    private const string NotForKind = "plan.allowance_property_not_for_kind";

    internal static List<ChargeAllowance> Read(JsonFields fields)
    {
        var all = new List<ChargeAllowance>();
        foreach (var (json, pointer) in fields.Items("allowances", PlanLimits.MaxAllowances) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } item)
            {
                all.Add(One(item));
                item.Finish();
            }
        }

        return all;
    }

    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<ChargeAllowance> allowances)
    {
        if (allowances.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("allowances");
        foreach (var allowance in allowances)
        {
            Write(writer, allowance);
        }

        writer.WriteEndArray();
    }

    private static ChargeAllowance One(JsonFields fields)
    {
        var id = fields.Text("id", required: true) ?? "";
        var kind = fields.Choice("kind", WordTable<AllowanceKind>.Instance) ?? AllowanceKind.Device;
        if (!fields.Has("kind"))
        {
            fields.Fail("kind", "json.required", $"Name the kind: {WordTable<AllowanceKind>.Instance.All}.");
        }

        var allowance = new ChargeAllowance
        {
            Id = id,
            Name = fields.Text("name") ?? id,
            Kind = kind,
            Quantity = Quantity(fields, kind),
            Priority = fields.Integer("priority") ?? 0,
            Where = ChargeJsonReader.Where(fields),
            Joiner = fields.Choice("joiner", WordTable<MemberShare>.Instance) ?? MemberShare.Prorated,
            Leaver = fields.Choice("leaver", WordTable<MemberShare>.Instance) ?? AllowanceDefinition.DefaultLeaver,
            States = DeviceJson.States(fields, "states"),
            Prorate = fields.Flag("prorate") ?? false,
            Price = fields.Number("price", required: kind == AllowanceKind.Block),
            MaxBlocks = fields.Integer("maxBlocks"),
            RollOver = RollOver(fields.Object("rollOver")),
        };
        Forbid(fields, kind);
        return allowance;
    }

    private static decimal Quantity(JsonFields fields, AllowanceKind kind)
    {
        var (name, other) = kind is AllowanceKind.Device or AllowanceKind.Flex ? ("perDevice", "quantity") : ("quantity", "perDevice");
        _ = fields.Number(other);
        return fields.Number(name, required: true) ?? 0m;
    }

    private static void Forbid(JsonFields fields, AllowanceKind kind)
    {
        var perDevice = kind is AllowanceKind.Device or AllowanceKind.Flex;
        Forbid(fields, perDevice ? ["quantity"] : ["perDevice", "joiner", "leaver", "states"],
            perDevice ? "Give what each device brings as 'perDevice'." : "Only the kinds 'device' and 'flex' have this; leave it out.");
        Forbid(fields, kind == AllowanceKind.Fixed ? [] : ["prorate"], "Only the kind 'fixed' has this; leave it out.");
        Forbid(fields, kind == AllowanceKind.Block ? [] : ["price", "maxBlocks"], "Only the kind 'block' has this; leave it out.");
        Forbid(fields, kind is AllowanceKind.Flex or AllowanceKind.Fixed ? [] : ["rollOver"],
            "Only pools, of the kinds 'flex' and 'fixed', are carried over; leave it out.");
    }

    private static void Forbid(JsonFields fields, string[] names, string message)
    {
        foreach (var name in names.Where(fields.Has))
        {
            // One thing at a time: what is no value at all is told already.
            if (!fields.Errors.Exists(e => e.Pointer.StartsWith(fields.At(name), StringComparison.Ordinal)))
            {
                fields.Fail(name, NotForKind, message);
            }
        }
    }

    private static RollOverDefinition? RollOver(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var definition = new RollOverDefinition(
            fields.Number("percent") ?? 100m, fields.Number("minimum"), fields.Number("maximum"),
            fields.Integer("periods") ?? 1, fields.Flag("survivesPlanChange") ?? false);
        fields.Finish();
        return definition;
    }

    private static void Write(Utf8JsonWriter writer, ChargeAllowance allowance)
    {
        writer.WriteStartObject();
        writer.WriteString("id", allowance.Id);
        writer.WriteString("name", allowance.Name);
        writer.WriteString("kind", WordTable<AllowanceKind>.Instance.Write(allowance.Kind));
        PlanJsonWriter.WriteDecimal(writer, allowance.IsPerDevice ? "perDevice" : "quantity", allowance.Quantity);
        if (allowance.Priority != 0)
        {
            writer.WriteNumber("priority", allowance.Priority);
        }

        ChargeJsonWriter.WriteWhere(writer, allowance.Where);
        PlanJsonWriter.WriteWord(writer, "joiner", allowance.Joiner);
        if (allowance.Leaver != AllowanceDefinition.DefaultLeaver)
        {
            writer.WriteString("leaver", WordTable<MemberShare>.Instance.Write(allowance.Leaver));
        }

        DeviceJson.Write(writer, "states", allowance.States);
        if (allowance.Prorate)
        {
            writer.WriteBoolean("prorate", true);
        }

        PlanJsonWriter.WriteDecimal(writer, "price", allowance.Price);
        if (allowance.MaxBlocks is { } most)
        {
            writer.WriteNumber("maxBlocks", most);
        }

        Write(writer, allowance.RollOver);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RollOverDefinition? rollOver)
    {
        if (rollOver is null)
        {
            return;
        }

        writer.WriteStartObject("rollOver");
        PlanJsonWriter.WriteDecimal(writer, "percent", rollOver.Percent);
        PlanJsonWriter.WriteDecimal(writer, "minimum", rollOver.Minimum);
        PlanJsonWriter.WriteDecimal(writer, "maximum", rollOver.Maximum);
        writer.WriteNumber("periods", rollOver.Periods);
        if (rollOver.SurvivesPlanChange)
        {
            writer.WriteBoolean("survivesPlanChange", true);
        }

        writer.WriteEndObject();
    }
}
