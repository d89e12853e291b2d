using System.Text;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>
/// The JSON of quote requests: <c>currency</c>, <c>charge</c> (as in plans) or <c>plan</c> (an id) with <c>overrides</c>, <c>quantity</c> or
/// <c>usage</c> (<c>time</c>, <c>value</c>, <c>dimensions</c>, <c>meter</c>, <c>device</c>), <c>zone</c> (IANA), <c>days</c>,
/// <c>devices</c>, <c>packs</c> (<c>charge</c>, <c>quantity</c>, <c>unit</c>), <c>rounding</c>.
/// </summary>
public static class QuoteJson
{
    /// <summary>Reads a request; never throws for what a caller may write.</summary>
    public static QuoteParseResult Parse(ReadOnlySpan<byte> utf8) =>
        JsonText.Read(utf8.ToArray(), PlanLimits.MaxJsonBytes, Read, Fail);

    /// <summary>Reads a request; never throws for what a caller may write.</summary>
    public static QuoteParseResult Parse(string json) =>
        JsonText.Read(Encoding.UTF8.GetBytes(json), PlanLimits.MaxJsonBytes, Read, Fail);

    private static QuoteParseResult Fail(ValidationError error) => new(null, null, [error]);

    private static QuoteParseResult Read(JsonElement json)
    {
        var errors = new List<ValidationError>();
        if (JsonFields.Open(json, "", errors) is not { } fields)
        {
            return new(null, null, errors);
        }

        var planId = fields.Text("plan");
        var request = new QuoteRequest
        {
            Currency = fields.Text("currency", required: planId is null),
            Charge = fields.Element("charge") is { } charge ? PlanJson.ReadCharge(charge, "/charge", errors) : null,
            Overrides = Overrides(fields, planId),
            Trial = fields.Flag("trial") ?? false,
            Phase = fields.Integer("phase"),
            Quantity = fields.Number("quantity"),
            Usage = Usage(fields),
            Zone = Zone(fields),
            Days = fields.Integer("days"),
            Devices = fields.Integer("devices") ?? 0,
            Packs = Packs(fields),
            Rounding = fields.Choice("rounding", WordTable<LineRounding>.Instance) ?? LineRounding.HalfAwayFromZero,
        };
        fields.Finish();
        return errors.Count == 0 ? new(request, planId, []) : new(null, planId, errors);
    }

    private static PlanOverrides? Overrides(JsonFields fields, string? planId)
    {
        if (fields.Element("overrides") is not { } json)
        {
            return null;
        }

        if (planId is null)
        {
            fields.Fail("overrides", "quote.overrides_without_plan", "Name the 'plan' that these are agreed for.");
        }

        return PlanOverridesJson.Read(json, fields.At("overrides"), fields.Errors);
    }

    private static List<TimedQuantity>? Usage(JsonFields fields)
    {
        if (fields.Items("usage", QuoteRequest.MaxUsage) is not { } items)
        {
            return null;
        }

        var usage = new List<TimedQuantity>();
        foreach (var (json, pointer) in items)
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } entry)
            {
                usage.Add(Entry(entry));
            }
        }

        return usage;
    }

    private static List<QuotePack> Packs(JsonFields fields)
    {
        var packs = new List<QuotePack>();
        foreach (var (json, pointer) in fields.Items("packs", QuoteRequest.MaxPacks) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } entry)
            {
                packs.Add(new(entry.Text("charge"), entry.Number("quantity", required: true) ?? 0m, entry.Text("unit")));
                entry.Finish();
            }
        }

        return packs;
    }

    private static TimedQuantity Entry(JsonFields entry)
    {
        var time = entry.Text("time") is { } text ? TimeText.Instant(text, entry.At("time"), entry.Errors) : null;
        var dimensions = new List<KeyValuePair<string, string>>();
        foreach (var (name, json, pointer) in entry.Entries("dimensions", 64) ?? [])
        {
            if (json.ValueKind == JsonValueKind.String)
            {
                dimensions.Add(new(name, json.GetString()!));
            }
            else
            {
                entry.Errors.Add(new(pointer, "json.type", "Give a text here."));
            }
        }

        var value = entry.Number("value", required: true) ?? 0m;
        var usage = new TimedQuantity(time, value, dimensions, entry.Text("meter"), entry.Text("device"));
        entry.Finish();
        return usage;
    }

    private static DateTimeZone? Zone(JsonFields fields)
    {
        if (fields.Text("zone") is not { } id)
        {
            return null;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null)
        {
            fields.Fail("zone", "quote.zone_unknown", "Use an IANA time zone such as Europe/Berlin.");
        }

        return zone;
    }
}
