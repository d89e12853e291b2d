using System.Globalization;
using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What the server's own OpenAPI document says, in a form that requests can be made of.</summary>
internal sealed class FuzzDocument
{
    private readonly JsonElement _root;
    private readonly Dictionary<string, List<string>> _examples = new(StringComparer.Ordinal);

    /// <param name="more">Operations that other contracts describe.</param>
    public FuzzDocument(JsonElement root, IEnumerable<FuzzOperation> more)
    {
        _root = root;
        Operations = [.. root.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => Read(path.Name, method.Name, method.Value))), .. more];
        foreach (var example in Operations.Select(operation => operation.Example).OfType<string>())
        {
            Collect("", JsonDocument.Parse(example).RootElement);
        }
    }

    public IReadOnlyList<FuzzOperation> Operations { get; }

    /// <summary>The schema that is meant, where it is a reference.</summary>
    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolve(_root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]))
        : schema;

    /// <summary>Texts that the document's examples have for a property.</summary>
    public IReadOnlyList<string> ExamplesOf(string property) => _examples.GetValueOrDefault(property) ?? [];

    private static FuzzOperation Read(string path, string method, JsonElement operation)
    {
        var content = operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content") : default;
        var json = content.ValueKind == JsonValueKind.Object && content.TryGetProperty("application/json", out var found) ? found : default;
        var query = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query")
                .Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("schema"))).ToArray()
            : [];
        return new(
            method.ToUpperInvariant(), path,
            json.ValueKind == JsonValueKind.Object ? json.GetProperty("schema") : null,
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty("example", out var example) ? example.GetRawText() : null,
            content.ValueKind == JsonValueKind.Object ? [.. content.EnumerateObject().Select(one => one.Name)] : [],
            query,
            [.. operation.GetProperty("responses").EnumerateObject().Select(one => int.Parse(one.Name, CultureInfo.InvariantCulture))],
            operation.TryGetProperty("security", out var security) && security.GetRawText().Contains("\"operator\"", StringComparison.Ordinal));
    }

    private void Collect(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Collect(property.Name, property.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Collect(name, item);
                }
                break;
            case JsonValueKind.String:
                (_examples.TryGetValue(name, out var list) ? list : _examples[name] = []).Add(value.GetString()!);
                break;
        }
    }
}
