using OrleansBilling.Core.Documents;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Pricing;

/// <summary>The library under <c>deploy/samples/plans</c>.</summary>
internal static class SamplePlans
{
    internal static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples", "plans");

    private static readonly Dictionary<string, MeterDefinition> Meters = ReadMeters();

    internal static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    internal static MeterDefinition? Meter(string id) => Meters.GetValueOrDefault(id);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".yaml"));

    internal static SourceDocument Source(string name) => SourceDocument.ReadYaml(Bytes(name), PlanLimits.MaxJsonBytes).Document!;

    internal static PlanDefinition Plan(string name)
    {
        var parsed = PlanJson.Parse(Source(name).Json.Span);
        Assert.Empty(parsed.Errors);
        return parsed.Plan!;
    }

    private static Dictionary<string, MeterDefinition> ReadMeters()
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "meters.json")));
        var meters = json.RootElement.EnumerateArray().Select(item => MeterJson.Parse(item).Meter!).ToArray();
        Assert.All(meters, meter => Assert.Empty(meter.Validate()));
        return meters.ToDictionary(meter => meter.Id, StringComparer.Ordinal);
    }
}
