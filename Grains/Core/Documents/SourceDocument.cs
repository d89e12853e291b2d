using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Documents;

/// <summary>
/// A document in JSON or YAML: its JSON for the readers of definitions, and the places of its values for their errors.
/// </summary>
public sealed class SourceDocument
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SourceNode _root;

    private SourceDocument(SourceNode root, ReadOnlyMemory<byte> json)
    {
        _root = root;
        Json = json;
    }

    /// <summary>UTF-8, well-formed. Numbers are spelt as in the source.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Reads YAML 1.2; see <see cref="YamlReader"/> for what is refused.</summary>
    /// <param name="utf8">The text; a byte order mark is skipped.</param>
    /// <param name="maxBytes">Of the text, and of the JSON that it becomes: aliases cannot grow beyond it.</param>
    public static SourceResult ReadYaml(ReadOnlyMemory<byte> utf8, int maxBytes) => Read(utf8, maxBytes, "yaml", text =>
    {
        var root = YamlReader.Read(Text(text.Span));
        return new(root, YamlToJson.Write(root, maxBytes));
    });

    /// <summary>Reads JSON.</summary>
    /// <param name="utf8">The text; a byte order mark is skipped.</param>
    /// <param name="maxBytes">Of the text.</param>
    public static SourceResult ReadJson(ReadOnlyMemory<byte> utf8, int maxBytes) => Read(utf8, maxBytes, "json", text =>
    {
        try
        {
            return new(JsonSource.Read(text), text);
        }
        catch (JsonException broken)
        {
            var at = new TextPosition((int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1);
            throw new SourceException(new(
                new("", "json.invalid", "The JSON breaks here: look for a missing comma, quote or bracket before it."), at));
        }
    });

    /// <summary>Where a value is: its key, in an object; else the value itself. What is not there is placed where the nearest
    /// value around it is.</summary>
    /// <param name="pointer">RFC 6901.</param>
    [SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it a pointer.")]
    public TextPosition Find(string pointer)
    {
        var (node, at) = (_root, _root.At);
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (Step(node, step) is not { } member)
            {
                break;
            }

            (node, at) = (member.Value, member.At);
        }

        return at;
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new SourceException(new(new("", "yaml.invalid", "This is no UTF-8 text; save the file as UTF-8."), new(1, 1)));
        }
    }

    private static SourceMember? Step(SourceNode node, string step)
    {
        if (node.Kind == SourceKind.Array)
        {
            return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < node.Members.Count
                ? node.Members[index]
                : null;
        }

        var key = JsonPointer.Unescape(step);
        // Of a repeated key JSON takes the last one.
        var found = node.Members.FindLastIndex(member => member.Key == key);
        return node.Kind == SourceKind.Object && found >= 0 ? node.Members[found] : null;
    }

    private static SourceResult Read(
        ReadOnlyMemory<byte> utf8, int maxBytes, string format, Func<ReadOnlyMemory<byte>, SourceDocument> read)
    {
        if (utf8.Length > maxBytes)
        {
            var error = new ValidationError("", $"{format}.too_large", $"The document has more than {maxBytes} bytes.");
            return new(null, new(error, new(1, 1)));
        }

        try
        {
            return new(read(utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8), null);
        }
        catch (SourceException refused)
        {
            return new(null, refused.Error);
        }
    }
}
