using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads the values that request types have.</summary>
internal static class BodyValue
{
    private const int DefaultMaxText = 1_000;

    /// <summary>The value, or null after adding what is wrong.</summary>
    public static object? Read(BodyBinder.Field field, JsonElement json, string pointer, List<ProblemError> errors)
    {
        var (value, fault) = field.Type switch
        {
            var type when type == typeof(string) => Text(field, json),
            var type when type == typeof(Instant) => Time(json),
            var type when type == typeof(TimeSpan) => Span(json),
            var type when type == typeof(decimal) => Number(json),
            var type when type == typeof(int) => Whole(json),
            var type when type == typeof(bool) => Flag(json),
            var type when type == typeof(JsonElement) => ((object?)json.Clone(), (Fault?)null),
            var type when type == typeof(string[]) => (Texts(field, json, pointer, errors), null),
            var type when type == typeof(Dictionary<string, string[]>) => (NamedTexts(field, json, pointer, errors), null),
            var type when type.IsArray => (Objects(type.GetElementType()!, json, pointer, errors), null),
            var type => (BodyBinder.Bind(type, json, pointer, errors), null),
        };
        if (fault is { } found)
        {
            BodyBinder.Add(errors, new(found.Code, found.Message, pointer));
        }
        return value;
    }

    /// <summary>Text of a JSON string; null when it is none or spells no valid Unicode.</summary>
    public static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }

    /// <summary>An RFC 3339 time of the years in which something is billed; null when it is none.</summary>
    public static Instant? TimeOf(string? text) =>
        text is { Length: <= 40 } && TimeText.TryParse(Encoding.UTF8.GetBytes(text), out var ticks)
            && Instant.FromUnixTimeTicks(ticks) is var time && TimeLimits.First <= time && time < TimeLimits.End
            ? time
            : null;

    private static (object?, Fault?) Text(BodyBinder.Field field, JsonElement json)
    {
        var text = TextOf(json);
        var longest = field.Max?.Length ?? DefaultMaxText;
        return text switch
        {
            null => (null, Fault.Type("Give a text here.")),
            _ when field.IsId => EntityId.IsValid(text) ? (text, null) : (null, Fault.Value(IdFault)),
            { Length: 0 } => (null, Fault.Value("The text must not be empty; leave the property out instead.")),
            _ when text.Length > longest => (null, Fault.Value($"The text may have at most {longest} characters.")),
            _ when text.Any(char.IsControl) => (null, Fault.Value("The text must not have control characters.")),
            _ => (text, null),
        };
    }

    private static (object?, Fault?) Time(JsonElement json) =>
        TimeOf(TextOf(json)) is { } time ? (time, null) : (null, Fault.Value(TimeFault));

    private static (object?, Fault?) Span(JsonElement json)
    {
        var parsed = PeriodPattern.NormalizingIso.Parse(TextOf(json) ?? "");
        if (!parsed.Success || parsed.Value is not { Years: 0, Months: 0 } period
            || period.Days + (period.Weeks * 7L) > 3_660)
        {
            return (null, Fault.Value("Give an ISO 8601 duration here, for example \"P35D\" or \"PT1H\"."));
        }
        var span = period.ToDuration().ToTimeSpan();
        return span >= TimeSpan.Zero ? (span, null) : (null, Fault.Value("The duration must not be negative."));
    }

    private static (object?, Fault?) Number(JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.Number ? json.GetRawText() : TextOf(json);
        return text is not null && DecimalText.TryParse(text, out var value)
            ? (DecimalText.Normalize(value), null)
            : (null, new Fault("json.not_decimal", "Give a decimal as text here, for example \"12.5\"."));
    }

    private static (object?, Fault?) Whole(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var value)
            ? (value, null)
            : (null, Fault.Type("Give a whole number here."));

    private static (object?, Fault?) Flag(JsonElement json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? (json.GetBoolean(), null)
        : (null, Fault.Type("Give true or false here."));

    private static string[] Texts(BodyBinder.Field field, JsonElement json, string pointer, List<ProblemError> errors)
    {
        var item = field with { Type = typeof(string) };
        return [.. Items(json, field.Max?.Entries ?? int.MaxValue, pointer, errors)
            .Select((entry, index) => (string?)Read(item, entry, $"{pointer}/{index}", errors) ?? "")];
    }

    private static Dictionary<string, string[]> NamedTexts(
        BodyBinder.Field field, JsonElement json, string pointer, List<ProblemError> errors)
    {
        var named = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object)
        {
            BodyBinder.Add(errors, new("json.type", "Give an object here.", pointer));
            return named;
        }
        foreach (var property in json.EnumerateObject())
        {
            var at = JsonPointer.Append(pointer, property.Name);
            if (!named.TryAdd(property.Name, Texts(field, property.Value, at, errors)))
            {
                BodyBinder.Add(errors, new("json.duplicate_property", $"'{property.Name}' is given twice.", at));
            }
        }
        return named;
    }

    private static Array Objects(Type type, JsonElement json, string pointer, List<ProblemError> errors)
    {
        var items = Items(json, int.MaxValue, pointer, errors)
            .Select((entry, index) => BodyBinder.Bind(type, entry, $"{pointer}/{index}", errors))
            .ToArray();
        var typed = Array.CreateInstance(type, items.Length);
        items.CopyTo(typed, 0);
        return typed;
    }

    private static JsonElement[] Items(JsonElement json, int most, string pointer, List<ProblemError> errors)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() <= most)
        {
            return [.. json.EnumerateArray()];
        }
        BodyBinder.Add(errors, json.ValueKind == JsonValueKind.Array
            ? new("json.too_many", $"At most {most} entries are allowed here.", pointer)
            : new("json.type", "Give an array here.", pointer));
        return [];
    }

    internal const string IdFault =
        "An id is 1 to 128 printable characters, with no white space at its ends and none outside the basic plane.";

    internal const string TimeFault =
        "Give an RFC 3339 time with an offset here, for example \"2026-01-31T08:00:00Z\", between the years 1900 and 2200.";

    /// <summary>Why a value is refused; codes as the core uses them for plans.</summary>
    private sealed record Fault(string Code, string Message)
    {
        public static Fault Type(string message) => new("json.type", message);

        public static Fault Value(string message) => new("json.value", message);
    }
}
