using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Tests.Pricing;

/// <summary>
/// The published schema says what the reader reads. The reader is asked, not its source: it names every property that it
/// knows when it meets one that it does not, and every word when it meets a wrong one.
/// </summary>
public class PlanSchemaTests
{
    private const string Stranger = "a stranger";

    /// <summary>Read in order to refuse them with a better reason than 'unknown'.</summary>
    private static readonly string[] ReadToRefuse = ["timeOfUse", "schedule"];

    [Fact]
    public void Every_object_has_the_properties_that_the_reader_reads()
    {
        var visited = new HashSet<string>();
        foreach (var (pointer, definition) in Objects(PlanJsonTests.Everything))
        {
            var schema = definition.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
            var known = KnownAt(pointer);
            if (pointer.Contains("/matrix/", StringComparison.Ordinal))
            {
                known = known.Except(ReadToRefuse);
            }

            Assert.True(schema.SequenceEqual(known), $"At '{pointer}' the reader reads {string.Join(", ", known)}; the schema has {string.Join(", ", schema)}.");
            visited.Add(definition.GetRawText());
        }

        var declared = PlanSchema.Json.GetProperty("$defs").EnumerateObject().Where(d => d.Value.TryGetProperty("properties", out _));
        Assert.All(declared, d => Assert.True(visited.Contains(d.Value.GetRawText()), $"No plan of the tests has a '{d.Name}': add one."));
    }

    [Fact]
    public void Every_choice_has_the_words_that_the_reader_knows()
    {
        var compared = 0;
        foreach (var (pointer, definition) in Objects(PlanJsonTests.Everything))
        {
            foreach (var property in definition.GetProperty("properties").EnumerateObject())
            {
                var isList = property.Value.TryGetProperty("items", out var item) && item.TryGetProperty("enum", out _);
                if (!isList && !property.Value.TryGetProperty("enum", out _))
                {
                    continue;
                }

                var words = (isList ? item : property.Value).GetProperty("enum").EnumerateArray()
                    .Where(w => w.ValueKind == JsonValueKind.String).Select(w => w.GetString()!).Order(StringComparer.Ordinal);
                var known = WordsAt(pointer, property.Name, isList);
                Assert.True(words.SequenceEqual(known), $"'{pointer}/{property.Name}' may be {string.Join(", ", known)}; the schema has {string.Join(", ", words)}.");
                compared++;
            }
        }

        Assert.True(compared >= 30, $"Only {compared} choices were found.");
    }

    [Fact]
    public void Every_property_is_described()
    {
        var definitions = PlanSchema.Json.GetProperty("$defs").EnumerateObject().ToArray();
        Assert.All(definitions, d => Assert.NotEmpty(d.Value.GetProperty("description").GetString()!));
        var properties = definitions.Where(d => d.Value.TryGetProperty("properties", out _))
            .SelectMany(d => d.Value.GetProperty("properties").EnumerateObject());
        Assert.All(properties, p => Assert.EndsWith(".", p.Value.GetProperty("description").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_is_a_schema() =>
        Assert.True(MetaSchemas.Draft202012.Evaluate(JsonNode.Parse(PlanSchema.Text)).IsValid);

    [Fact]
    public void A_plan_with_everything_is_valid_as_written_and_in_canonical_form()
    {
        Assert.Empty(PlanSchema.Problems(PlanJsonTests.Everything));
        var canonical = PlanJson.Serialize(PlanJson.Parse(PlanJsonTests.Everything).Plan!);
        Assert.Empty(PlanSchema.Problems(System.Text.Encoding.UTF8.GetString(canonical)));
    }

    [Fact]
    public void Every_plan_of_the_samples_is_valid()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "plan*.json", SearchOption.AllDirectories);
        Assert.True(files.Length >= 15, $"Only {files.Length} plans were found.");
        Assert.All(files, file => Assert.Empty(PlanSchema.Problems(WithEntries(File.ReadAllText(file)))));
    }

    [Theory]
    [InlineData("""{"id":"p","currency":"EUR","charges":[{"id":"c","unitPrize":"1"}]}""", "/charges/0/unitPrize")]
    [InlineData("""{"id":"p","currency":"euro","charges":[{"id":"c","amount":"1"}]}""", "/currency")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[]}""", "/charges")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[{"id":"c","amount":"1,5"}]}""", "/charges/0/amount")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[{"id":"c","amount":true}]}""", "/charges/0/amount")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[{"id":"c","amount":"1","per":"moon"}]}""", "/charges/0/per")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[{"id":"c","amount":"1"}],"minimum":{"amount":null}}""", "/minimum")]
    public void What_the_reader_refuses_the_schema_refuses_at_the_same_place(string json, string pointer)
    {
        var parsed = PlanJson.Parse(json);
        Assert.True(!parsed.Ok || PlanValidator.Validate(parsed.Plan, Rating.Given.Meter).Count > 0);
        Assert.Contains(PlanSchema.Problems(json), p => p.StartsWith(pointer, StringComparison.Ordinal));
    }

    [Fact]
    public void Null_is_the_same_as_absent() => Assert.Empty(PlanSchema.Problems(
        """
        {"id":"p","name":null,"currency":"EUR","cycle":null,"rounding":null,"minimum":null,"discounts":null,
         "charges":[{"id":"c","kind":null,"where":null,"timeOfUse":null,"amount":1.50,"unitPrice":null,"states":null}]}
        """));

    /// <summary>The demo puts the published prices into schedules that the samples leave empty.</summary>
    private static string WithEntries(string json) => json.Replace(
        "\"entries\": []", """ "entries": [{"from":"2013-01-01T00:00:00Z","price":"1"}] """, StringComparison.Ordinal);

    /// <summary>Every object of a plan with the schema of its place.</summary>
    private static IEnumerable<(string Pointer, JsonElement Definition)> Objects(string plan) =>
        Walk(JsonDocument.Parse(plan).RootElement, PlanSchema.Json, "");

    private static IEnumerable<(string Pointer, JsonElement Definition)> Walk(JsonElement value, JsonElement schema, string pointer)
    {
        schema = Resolve(schema);
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().SelectMany((item, i) => Walk(item, schema.GetProperty("items"), $"{pointer}/{i}"));
        }

        // Maps, such as 'where', have names of the customer's and no properties.
        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var inside = value.EnumerateObject().SelectMany(p => properties.TryGetProperty(p.Name, out var at)
            ? Walk(p.Value, at, $"{pointer}/{p.Name}")
            : throw new InvalidOperationException($"The schema has no '{p.Name}' at '{pointer}'."));
        return [(pointer, schema), .. inside];
    }

    private static JsonElement Resolve(JsonElement schema)
    {
        if (schema.TryGetProperty("anyOf", out var any))
        {
            schema = any[0];
        }

        return schema.TryGetProperty("$ref", out var reference)
            ? PlanSchema.Json.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])
            : schema;
    }

    private static IEnumerable<string> KnownAt(string pointer)
    {
        var error = ErrorWith(pointer, Stranger, JsonValue.Create(1), $"{pointer}/{Stranger}");
        return error[(error.IndexOf("known are: ", StringComparison.Ordinal) + 11)..^1].Split(", ").Order(StringComparer.Ordinal);
    }

    private static IOrderedEnumerable<string> WordsAt(string pointer, string name, bool isList)
    {
        JsonNode wrong = isList ? new JsonArray(Stranger) : JsonValue.Create(Stranger);
        var error = ErrorWith(pointer, name, wrong, $"{pointer}/{name}{(isList ? "/0" : "")}");
        var list = error.Contains(": ", StringComparison.Ordinal) ? error[(error.LastIndexOf(": ", StringComparison.Ordinal) + 2)..] : error["Use ".Length..];
        return list.TrimEnd('.').Replace(" or ", ", ", StringComparison.Ordinal).Split(", ").Order(StringComparer.Ordinal);
    }

    /// <summary>What the reader says at a place after one property was set.</summary>
    private static string ErrorWith(string pointer, string name, JsonNode value, string at)
    {
        var plan = JsonNode.Parse(PlanJsonTests.Everything)!;
        var target = pointer.Split('/').Skip(1).Aggregate(plan, (node, step) =>
            node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        target[name] = value;
        return PlanJson.Parse(plan.ToJsonString()).Errors.Single(e => e.Pointer == at).Message;
    }
}
