using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>
/// The worked examples beside this file. Its JSON: meters.json has the meters; every other file has <c>sources</c>, each with
/// <c>title</c>, <c>address</c>, <c>seen</c>, <c>plans</c> (by key, as customers write them, without an id) and <c>examples</c>.
/// </summary>
/// <remarks>
/// An example has <c>name</c>, <c>plan</c>, <c>usage</c> (a number or a list of numbers by meter), or <c>events</c>
/// (<c>meter</c>, <c>value</c>, <c>at</c>, <c>device</c>, <c>dimensions</c>, <c>times</c>), <c>total</c>, <c>lines</c>,
/// <c>published</c>, <c>arithmetic</c>; <c>devices</c> (a number, or a list with <c>id</c>, <c>from</c>, <c>suspended</c>, <c>until</c>),
/// <c>zone</c>, <c>start</c> (the first day of the period), <c>from</c> and <c>until</c> (instants of the subscription), and
/// <c>changes</c> (<c>at</c>, <c>plan</c>).
/// </remarks>
public static class ExampleLibrary
{
    private const string DefaultStart = "2026-06-01";

    private static readonly Lazy<IReadOnlyDictionary<string, MeterDefinition>> AllMeters = new(ReadMeters);

    private static readonly Lazy<IReadOnlyList<PricingExample>> AllExamples = new(
        () => [.. Files().Where(f => !f.EndsWith("meters.json", StringComparison.Ordinal)).SelectMany(ReadFile)]);

    /// <summary>The meters of all plans.</summary>
    public static IReadOnlyDictionary<string, MeterDefinition> Meters => AllMeters.Value;

    /// <summary>Every example, by file and in its order.</summary>
    public static IReadOnlyList<PricingExample> Examples => AllExamples.Value;

    private static IEnumerable<string> Files() => Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Pricing", "Examples"), "*.json").Order(StringComparer.Ordinal);

    private static Dictionary<string, MeterDefinition> ReadMeters()
    {
        var meters = new Dictionary<string, MeterDefinition>(StringComparer.Ordinal);
        foreach (var json in Parse(Files().Single(f => f.EndsWith("meters.json", StringComparison.Ordinal))).AsArray())
        {
            var read = MeterJson.Parse(json!.ToJsonString());
            Assert.Empty(read.Errors);
            Assert.Empty(read.Meter!.Validate());
            meters.Add(read.Meter!.Id, read.Meter);
        }

        return meters;
    }

    private static IEnumerable<PricingExample> ReadFile(string file)
    {
        foreach (var source in Parse(file)["sources"]!.AsArray().Select(node => node!.AsObject()))
        {
            var from = new ExampleSource(Text(source, "title"), Text(source, "address"), Text(source, "seen"));
            foreach (var example in source["examples"]!.AsArray())
            {
                var name = $"{Path.GetFileNameWithoutExtension(file)}: {from.Title}: {Text(example!, "name")}";
                yield return Read(name, from, source["plans"]!.AsObject(), example!.AsObject());
            }
        }
    }

    private static PricingExample Read(string name, ExampleSource source, JsonObject plans, JsonObject json)
    {
        Known(json, name);
        var changes = Items(json["changes"]).Select(c => (At: Instant(c, "at")!.Value, Plan: Text(c, "plan"))).ToArray();
        var used = changes.Select(c => c.Plan).Prepend(Text(json, "plan")).Distinct()
            .ToDictionary(key => key, key => Plan(name, key, plans[key]!.AsObject()), StringComparer.Ordinal);
        var zone = DateTimeZoneProviders.Tzdb[json["zone"]?.GetValue<string>() ?? "UTC"];
        var first = LocalDatePattern.Iso.Parse(json["start"]?.GetValue<string>() ?? DefaultStart).Value;
        var period = new BillingCalendar(zone, first, used.Values.First().Cycle).Period(0);
        var active = new Interval(Instant(json, "from") ?? period.Start, Instant(json, "until") ?? period.End);
        return new(
            name, source, used, zone, period, active, changes, [.. Usage(json, active)], [.. Devices(json["devices"])],
            Number(json["total"]!), (json["lines"]?.AsObject() ?? []).ToDictionary(l => l.Key, l => Number(l.Value!)),
            json["published"]!.GetValue<bool>(), json["arithmetic"]?.GetValue<string>());
    }

    private static PlanDefinition Plan(string example, string key, JsonObject json)
    {
        var whole = json.DeepClone().AsObject();
        whole["id"] = key;
        var read = PlanJson.Parse(whole.ToJsonString());
        Assert.True(read.Errors.Count == 0, $"{example}, plan {key}: {string.Join("; ", read.Errors)}");
        var errors = PlanValidator.Validate(read.Plan!, id => Meters.GetValueOrDefault(id));
        Assert.True(errors.Count == 0, $"{example}, plan {key}: {string.Join("; ", errors)}");
        return read.Plan!;
    }

    /// <summary>Usage without a time comes after an hour, and then each a second later.</summary>
    private static IEnumerable<ExampleUsage> Usage(JsonObject json, Interval active)
    {
        var next = active.Start + Duration.FromHours(1);
        foreach (var (meter, values) in json["usage"]?.AsObject() ?? [])
        {
            foreach (var value in values is JsonArray array ? array.AsEnumerable() : [values])
            {
                yield return new(meter, "d1", next, Number(value!), []);
                next += Duration.FromSeconds(1);
            }
        }

        foreach (var entry in Items(json["events"]))
        {
            var dimensions = (entry["dimensions"]?.AsObject() ?? [])
                .Select(d => KeyValuePair.Create(d.Key, d.Value!.GetValue<string>()));
            var device = entry["device"]?.GetValue<string>() ?? "d1";
            var usage = new ExampleUsage(Text(entry, "meter"), device, default, Number(entry["value"]!), [.. dimensions]);
            for (var i = entry["times"]?.GetValue<int>() ?? 1; i > 0; i--, next += Duration.FromSeconds(1))
            {
                yield return usage with { Time = Instant(entry, "at") ?? next };
            }
        }
    }

    private static IEnumerable<ExampleDevice> Devices(JsonNode? json) => json is JsonValue count
        ? Enumerable.Range(1, count.GetValue<int>()).Select(i => new ExampleDevice($"d{i}", null, null, null))
        : Items(json).Select(
            d => new ExampleDevice(Text(d, "id"), Instant(d, "from"), Instant(d, "suspended"), Instant(d, "until")));

    private static void Known(JsonObject json, string name)
    {
        string[] known = ["name", "plan", "usage", "events", "total", "lines", "published", "arithmetic", "devices", "zone",
            "start", "from", "until", "changes"];
        Assert.True(json.All(p => known.Contains(p.Key)), $"{name} has an unknown property.");
    }

    private static JsonNode Parse(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    private static IEnumerable<JsonObject> Items(JsonNode? json) => (json?.AsArray() ?? []).Select(item => item!.AsObject());

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();

    private static Instant? Instant(JsonObject json, string name) =>
        json[name] is { } text ? InstantPattern.ExtendedIso.Parse(text.GetValue<string>()).Value : null;

    private static decimal Number(JsonNode json)
    {
        Assert.True(DecimalText.TryParse(json.GetValue<string>(), out var value), json.ToJsonString());
        return value;
    }
}
