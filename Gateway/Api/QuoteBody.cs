using System.Buffers;
using System.Text.Json;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Validation;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>
/// A quote request in the words of the public API, turned into the core's: <c>events</c> is its <c>usage</c>,
/// <c>timeZone</c> its <c>zone</c>; <c>planVersion</c> is ours alone. Pointers of faults are turned back.
/// </summary>
internal sealed record QuoteBody(byte[] Json, int? PlanVersion)
{
    private static readonly (string Public, string Core)[] Names = [("events", "usage"), ("timeZone", "zone")];

    public static QuoteBody Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(Problem.Invalid("json.type", "Give an object here.", ""));
        }
        int? version = null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in body.EnumerateObject())
            {
                if (property.NameEquals("planVersion"))
                {
                    version = Version(property.Value);
                    continue;
                }
                json.WritePropertyName(CoreName(property.Name));
                property.Value.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return new(buffer.WrittenSpan.ToArray(), version);
    }

    public QuoteParseResult Parse() => QuoteJson.Parse(Json);

    public static ApiProblem ProblemOf(IReadOnlyList<ValidationError> errors) =>
        CoreProblem.Of([.. errors.Select(error => error with { Pointer = PublicPointer(error.Pointer) })]);

    private static int? Version(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when json.TryGetInt32(out var version) && version > 0 => version,
        _ => throw new ProblemException(
            Problem.Invalid("json.type", "Give a whole number from 1 here.", "/planVersion")),
    };

    private static string CoreName(string name)
    {
        foreach (var (known, core) in Names)
        {
            if (name == core)
            {
                throw new ProblemException(
                    Problem.Invalid("json.unknown_property", $"There is no '{core}' here; use '{known}'.", $"/{core}"));
            }
            if (name == known)
            {
                return core;
            }
        }
        return name;
    }

    private static string PublicPointer(string pointer)
    {
        foreach (var (known, core) in Names)
        {
            if (pointer == $"/{core}" || pointer.StartsWith($"/{core}/", StringComparison.Ordinal))
            {
                return $"/{known}{pointer[(core.Length + 1)..]}";
            }
        }
        return pointer;
    }
}
