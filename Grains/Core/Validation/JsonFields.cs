using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Validation;

/// <summary>
/// Reads the properties of one JSON object, collecting errors with pointers instead of throwing. A property that
/// nobody asked for is an error, found by <see cref="Finish"/>: a misspelt price must not silently be no price.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _json;
    private readonly List<string> _known = [];

    private JsonFields(JsonElement json, string pointer, List<ValidationError> errors)
    {
        _json = json;
        Pointer = pointer;
        Errors = errors;
    }

    /// <summary>Pointer to this object.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it a pointer.")]
    internal string Pointer { get; }

    /// <summary>Shared by the whole document.</summary>
    internal List<ValidationError> Errors { get; }

    /// <summary>Opens an object; null, with an error, when the value is none.</summary>
    internal static JsonFields? Open(JsonElement json, string pointer, List<ValidationError> errors)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            return new(json, pointer, errors);
        }

        errors.Add(new(pointer, "json.type", "Give an object here."));
        return null;
    }

    /// <summary>Whether the property is there and not null. Makes it known.</summary>
    internal bool Has(string name) => TryGet(name, out _);

    internal string? Text(string name, bool required = false)
    {
        if (!TryGet(name, out var value))
        {
            Require(name, required);
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Fail(name, "json.type", "Give a text here.");
        return null;
    }

    /// <summary>A decimal string, or a JSON number that is exactly a decimal.</summary>
    internal decimal? Number(string name, bool required = false)
    {
        if (TryGet(name, out var value))
        {
            return Decimal(value, At(name), Errors);
        }

        Require(name, required);
        return null;
    }

    internal int? Integer(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var integer))
        {
            return integer;
        }

        Fail(name, "json.type", "Give a whole number here.");
        return null;
    }

    internal bool? Flag(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fail(name, "json.type", "Give true or false here.");
        return null;
    }

    /// <summary>One of a few words.</summary>
    internal T? Choice<T>(string name, WordTable<T> words, string code = "json.value")
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (words.TryRead(text, out var value))
        {
            return value;
        }

        Fail(name, code, $"'{text}' is not known here. Use one of: {words.All}.");
        return null;
    }

    internal JsonElement? Element(string name) => TryGet(name, out var value) ? value : null;

    internal JsonFields? Object(string name) =>
        TryGet(name, out var value) ? Open(value, At(name), Errors) : null;

    /// <summary>The items of an array with their pointers; null when it is absent, none, or longer than
    /// allowed.</summary>
    internal List<(JsonElement Json, string Pointer)>? Items(string name, int atMost, bool required = false)
    {
        if (!TryGet(name, out var value))
        {
            Require(name, required);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(name, "json.type", "Give an array here.");
            return null;
        }

        if (value.GetArrayLength() > atMost)
        {
            Fail(name, "json.too_many", $"At most {atMost} entries are allowed here.");
            return null;
        }

        var at = At(name);
        return [.. value.EnumerateArray().Select((item, i) => (item, $"{at}/{i}"))];
    }

    /// <summary>The properties of an object used as a map, in their order.</summary>
    internal List<(string Key, JsonElement Json, string Pointer)>? Entries(string name, int atMost)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(name, "json.type", "Give an object here.");
            return null;
        }

        var entries = value.EnumerateObject()
            .Select(p => (p.Name, p.Value, At(name) + "/" + JsonPointer.Escape(p.Name))).Take(atMost + 1).ToList();
        if (entries.Count > atMost)
        {
            Fail(name, "json.too_many", $"At most {atMost} entries are allowed here.");
            return null;
        }

        return entries;
    }

    /// <summary>Reports properties that nobody asked for, and repeated ones.</summary>
    internal void Finish()
    {
        var seen = new List<string>();
        foreach (var property in _json.EnumerateObject())
        {
            if (seen.Contains(property.Name))
            {
                Fail(property.Name, "json.duplicate_property", "This property is given twice; keep one.");
            }
            else if (!_known.Contains(property.Name))
            {
                Fail(property.Name, "json.unknown_property",
                    $"Not known here; known are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }

            seen.Add(property.Name);
        }
    }

    internal void Fail(string name, string code, string message) => Errors.Add(new(At(name), code, message));

    internal string At(string name) => Pointer + "/" + JsonPointer.Escape(name);

    internal static decimal? Decimal(JsonElement value, string pointer, List<ValidationError> errors)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        if (text is not null && DecimalText.TryParse(text, out var number))
        {
            return number;
        }

        errors.Add(text is null
            ? new(pointer, "json.type", "Give a decimal as text here, such as \"0.0752\".")
            : new(pointer, "json.not_decimal",
                "Give a plain decimal such as \"0.0752\": digits and a point, at most 28 digits, no other signs."));
        return null;
    }

    private void Require(string name, bool required)
    {
        if (required)
        {
            Fail(name, "json.required", "This property is required.");
        }
    }

    private bool TryGet(string name, out JsonElement value)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
