using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace OrleansBilling.Core.Tests.Pricing;

/// <summary>The published schema of plans: <c>docs/plan.schema.json</c>.</summary>
internal static class PlanSchema
{
    /// <summary>Its text.</summary>
    internal static readonly string Text = Read();

    /// <summary>Its text as JSON.</summary>
    internal static readonly JsonElement Json = JsonDocument.Parse(Text).RootElement;

    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, EvaluateAs = SpecVersion.Draft202012 };

    /// <summary>Why the schema refuses a plan, with the places; empty when it does not.</summary>
    internal static string[] Problems(string json)
    {
        // The library keeps what it resolved in the schema; two threads must not do that at once.
        lock (Schema)
        {
            var node = JsonNode.Parse(json);
            return Schema.Evaluate(node).IsValid
                ? []
                : [.. Schema.Evaluate(node, Options).Details.Where(d => d.HasErrors)
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}"))
                    .DefaultIfEmpty("not valid")];
        }
    }

    private static string Read()
    {
        using var stream = typeof(PlanSchema).Assembly.GetManifestResourceStream("plan.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
