using System.Text.Json;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>An answer that says what became of the request.</summary>
internal sealed record ApiAnswer(int Status, byte[] Body)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The problem's code; null for an answer that is none.</summary>
    public string? Code => Text("code");

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }

    private string? Text(string name)
    {
        try
        {
            var json = Json();
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
