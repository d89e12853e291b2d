using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>Makes values that a schema allows. Words for texts come from the document's examples and descriptions.</summary>
internal sealed partial class FuzzValues(FuzzDocument document, FuzzIds ids, Random random)
{
    private const int Deepest = 6;

    private static readonly string[] Decimals = ["0", "1", "2", "12.5", "0.001", "100", "9.50", "1000000", "0.31", "-1"];
    private static readonly string[] Durations = ["PT0S", "PT1H", "P1D", "P30D", "PT90S"];
    private static readonly string[] Units = ["kWh", "Wh", "MB", "GB", "min", "s", "1"];

    /// <summary>A value of a property.</summary>
    /// <param name="concept">What <c>id</c> is the id of here.</param>
    public JsonNode? Make(JsonElement schema, string name, string concept, int depth = 0)
    {
        var description = Description(schema);
        var resolved = document.Resolve(schema);
        if (resolved.TryGetProperty("oneOf", out var choices))
        {
            var other = choices.EnumerateArray().Last();
            return random.Next(4) == 0 || depth > Deepest ? null : Make(other, name, concept, depth);
        }
        if (resolved.TryGetProperty("enum", out var words))
        {
            return JsonNode.Parse(words[random.Next(words.GetArrayLength())].GetRawText());
        }
        return TypeOf(resolved) switch
        {
            "object" => Object(resolved, name, concept, depth),
            "array" => Array(resolved, name, concept, depth),
            "integer" => random.Next(6) == 0 ? random.Next(5000) : random.Next(5),
            "number" => random.Next(100) / 4m,
            "boolean" => random.Next(2) == 0,
            "null" => null,
            _ => Text(resolved, name, concept, description),
        };
    }

    /// <summary>A text for a query parameter.</summary>
    public string Query(string name, JsonElement schema) => name == "cursor"
        ? Convert.ToBase64String("d-own"u8).TrimEnd('=')
        : Make(schema, name, name)?.ToString() ?? "";

    /// <summary>An instant of the months that the world is about.</summary>
    public string Time() => new DateTime(2012, 6, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(random.Next(24 * 45))
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonObject Object(JsonElement schema, string name, string concept, int depth)
    {
        var made = new JsonObject();
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(one => one.GetString()!).ToHashSet()
            : [];
        if (schema.TryGetProperty("properties", out var properties))
        {
            var optional = Math.Max(2, depth + 2);
            foreach (var property in properties.EnumerateObject())
            {
                if (required.Contains(property.Name) || random.Next(optional) == 0)
                {
                    made[property.Name] = Make(property.Value, property.Name, depth == 0 ? concept : name, depth + 1);
                }
            }
        }
        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                made[Word("") ?? "site"] = Make(more, "", concept, depth + 1);
            }
        }
        return made;
    }

    private JsonArray Array(JsonElement schema, string name, string concept, int depth)
    {
        var made = new JsonArray();
        for (var i = depth > Deepest ? 0 : random.Next(4); i > 0; i--)
        {
            made.Add(Make(schema.GetProperty("items"), name, concept, depth + 1));
        }
        return made;
    }

    private JsonNode Text(JsonElement schema, string name, string concept, string description)
    {
        var format = schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        return (format, name) switch
        {
            ("decimal", _) => Decimals[random.Next(Decimals.Length)],
            ("date-time", _) => Time(),
            ("duration", _) => Durations[random.Next(Durations.Length)],
            (_, "id") => ids.Of(FuzzIds.ConceptOf(concept), random) ?? $"id-{random.Next(5)}",
            (_, "unit") => Units[random.Next(Units.Length)],
            (_, "currency") => "EUR",
            (_, "timeZone" or "zone") => random.Next(2) == 0 ? "UTC" : "Europe/Berlin",
            (_, "when" or "from" or "to" or "at") when random.Next(2) == 0 => Time(),
            _ => Any(name, description),
        };
    }

    private string Any(string name, string description)
    {
        var examples = document.ExamplesOf(name);
        return random.Next(6) switch
        {
            < 3 when ids.Of(name, random) is { } id => id,
            < 4 when examples.Count > 0 => examples[random.Next(examples.Count)],
            _ => Word(description) ?? "text",
        };
    }

    private string? Word(string description)
    {
        var words = Words().Matches(description);
        return words.Count == 0 ? null : words[random.Next(words.Count)].Value;
    }

    private string TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return "string";
        }
        if (type.ValueKind == JsonValueKind.String)
        {
            return type.GetString()!;
        }
        var types = type.EnumerateArray().Select(one => one.GetString()!).ToList();
        return random.Next(6) == 0 ? types[random.Next(types.Count)] : types.First(one => one != "null");
    }

    private static string Description(JsonElement schema) =>
        schema.TryGetProperty("description", out var description) ? description.GetString()! : "";

    [GeneratedRegex("[A-Za-z][A-Za-z-]{2,24}")]
    private static partial Regex Words();
}
