using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>Makes the request of a seed: one in three is as the document says, the others are broken somewhere.</summary>
internal sealed partial class FuzzRequests(FuzzDocument document, FuzzIds ids)
{
    private static readonly string[] WrongTypes =
        ["text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "", "nonsense", "application/yaml",
            "application/cloudevents+json", "application/x-www-form-urlencoded", "text/csv"];

    private static readonly (string Name, string Value)[] OddHeaders =
    [
        ("Accept", "text/html"), ("Accept", "*/*;q=0"), ("Accept-Encoding", "br, gzip"), ("Content-Encoding", "gzip"), ("Last-Event-ID", "-1"),
        ("Last-Event-ID", "x"), ("If-None-Match", "*"), ("If-Match", "*"), ("If-Match", "\"x\""), ("If-Match", "x"), ("Range", "bytes=0-1"), ("Expect", "100-continue"), ("X-HTTP-Method-Override", "DELETE"),
        ("traceparent", "00-0-0-0"), ("Origin", "https://example.org"),
    ];

    public FuzzRequest Make(long seed)
    {
        var random = new Random(unchecked((int)(seed * 2_654_435_761)));
        var (values, breaker) = (new FuzzValues(document, ids, random), new FuzzBreaker(random));
        var operation = document.Operations[random.Next(document.Operations.Count)];
        var broken = random.Next(3) == 0 ? Part.Nothing : (Part)random.Next(1, 8);
        var target = Target(operation, values, breaker, random, broken);
        var headers = Headers(random, breaker, broken);
        if (operation.Body is null)
        {
            return new(seed, operation, target, null, null, headers);
        }
        var (body, type) = Body(operation, values, breaker, random, broken);
        return new(seed, operation, target, body, type, headers);
    }

    private enum Part
    {
        Nothing, Values, MoreValues, Form, Path, Query, MediaType, Headers,
    }

    private string Target(FuzzOperation operation, FuzzValues values, FuzzBreaker breaker, Random random, Part broken)
    {
        var segments = operation.Path.Split('/');
        var path = Parameter().Replace(operation.Path, match =>
        {
            var name = match.Groups[1].Value;
            var concept = name == "id" ? FuzzIds.ConceptOf(segments[Array.IndexOf(segments, "{id}") - 1]) : name;
            return broken == Part.Path && random.Next(2) == 0
                ? OddSegment(breaker, random)
                : Uri.EscapeDataString(ids.Of(concept, random) ?? "absent");
        });
        var query = operation.Query.Where(_ => random.Next(2) == 0)
            .Select(one => (one.Name, Value: broken == Part.Query && random.Next(2) == 0 ? breaker.Text() : values.Query(one.Name, one.Schema))).ToList();
        if (broken == Part.Query)
        {
            query.Add((random.Next(2) == 0 ? "limit" : "unknown", breaker.Text()));
        }
        var text = string.Join('&', query.Select(one => $"{one.Name}={Escaped(one.Value, 1000)}"));
        return text.Length == 0 ? path : $"{path}?{text}";
    }

    /// <remarks>Not <c>%00</c>: that the server refuses before the application, with a 400 of no body.</remarks>
    private static string OddSegment(FuzzBreaker breaker, Random random) => random.Next(4) switch
    {
        0 => "%E4%FF", 1 => "%2F%2F", 2 => "a%25b",
        _ => Escaped(breaker.Text().Replace("\0", "", StringComparison.Ordinal), 600) is { Length: > 0 } text ? text : "%20",
    };

    private static string Escaped(string text, int most) => Uri.EscapeDataString(text.Length > most ? text[..most] : text);

    private (byte[] Body, string? Type) Body(
        FuzzOperation operation, FuzzValues values, FuzzBreaker breaker, Random random, Part broken)
    {
        if (operation.MediaTypes.Contains(FuzzCsv.MediaType) && random.Next(2) == 0)
        {
            return (new FuzzCsv(ids, values, breaker, random).Make(broken != Part.Nothing), FuzzCsv.MediaType);
        }
        var concept = operation.Path.Split('/')[^1];
        var json = operation.Example is { } example && random.Next(3) == 0
            ? WithKnownIds(JsonNode.Parse(example), concept, random)
            : values.Make(operation.Body!.Value, concept, concept);
        json = broken is Part.Values or Part.MoreValues ? breaker.Values(json) : json;
        var text = json?.ToJsonString() ?? "null";
        var type = broken == Part.MediaType ? WrongTypes[random.Next(WrongTypes.Length)] : operation.MediaTypes[0];
        return (broken == Part.Form ? breaker.Form(text) : Encoding.UTF8.GetBytes(text), type.Length == 0 ? null : type);
    }

    /// <summary>Examples name things that the world may not have.</summary>
    private JsonNode? WithKnownIds(JsonNode? json, string concept, Random random)
    {
        if (json is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
            {
                if (value is JsonValue && ids.Of(name == "id" ? FuzzIds.ConceptOf(concept) : name, random) is { } id && name is not ("kind" or "value"))
                {
                    map[name] = id;
                }
                else
                {
                    WithKnownIds(value, name, random);
                }
            }
        }
        else if (json is JsonArray list)
        {
            foreach (var item in list)
            {
                WithKnownIds(item, concept, random);
            }
        }
        return json;
    }

    private static List<(string, string)> Headers(Random random, FuzzBreaker breaker, Part broken)
    {
        var headers = new List<(string, string)>();
        if (random.Next(10) == 0)
        {
            headers.Add(("Idempotency-Key", $"key-{random.Next(200)}"));
        }
        if (broken == Part.Headers)
        {
            headers.Add(OddHeaders[random.Next(OddHeaders.Length)]);
            headers.Add(("Idempotency-Key", new string([.. breaker.Text().Where(c => c is >= ' ' and <= '~').Take(300)])));
        }
        return headers;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
