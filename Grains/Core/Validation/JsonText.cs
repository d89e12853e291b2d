using System.Text.Json;

namespace OrleansBilling.Core.Validation;

/// <summary>Turns bytes into a document, or into an error that says where the JSON breaks.</summary>
internal static class JsonText
{
    /// <summary>Reads a whole document; <paramref name="read"/> is called only with well-formed JSON.</summary>
    internal static T Read<T>(
        ReadOnlyMemory<byte> utf8, int maxBytes, Func<JsonElement, T> read, Func<ValidationError, T> fail)
    {
        if (utf8.Length > maxBytes)
        {
            return fail(new("", "json.too_large", $"The document has more than {maxBytes} bytes."));
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Guard(document.RootElement, read, fail);
        }
        catch (JsonException broken)
        {
            return fail(new("", "json.invalid",
                $"This is no JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."));
        }
    }

    /// <summary>Reads a part of a document.</summary>
    internal static T Guard<T>(JsonElement json, Func<JsonElement, T> read, Func<ValidationError, T> fail)
    {
        try
        {
            return read(json);
        }
        catch (InvalidOperationException)
        {
            // The parser accepts escapes of half a character (a lone surrogate) that no text can hold.
            return fail(new("", "json.invalid", "A text has a broken \\u escape."));
        }
    }
}
