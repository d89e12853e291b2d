using System.Buffers;
using System.Text.Json;

namespace OrleansBilling.Core.Documents;

/// <summary>Writes values as JSON. Aliases are written out, within the bounds of values, depth and bytes.</summary>
internal sealed class YamlToJson
{
    private readonly Utf8JsonWriter _json;
    private readonly int _maxBytes;
    private int _values;

    private YamlToJson(Utf8JsonWriter json, int maxBytes)
    {
        _json = json;
        _maxBytes = maxBytes;
    }

    /// <exception cref="SourceException">Aliases make the document too large or too deep.</exception>
    internal static ReadOnlyMemory<byte> Write(SourceNode root, int maxBytes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new YamlToJson(json, maxBytes).Value(root, 0);
        }

        return buffer.WrittenMemory;
    }

    private void Value(SourceNode node, int depth)
    {
        if (++_values > YamlReader.MaxValues || depth > YamlReader.MaxDepth || _json.BytesCommitted + _json.BytesPending > _maxBytes)
        {
            throw new SourceException(new(
                new("", "yaml.aliases_too_large", "Written out, the aliases make the document too large; use fewer of them."), node.At));
        }

        switch (node.Kind)
        {
            case SourceKind.Object:
                _json.WriteStartObject();
                foreach (var member in node.Members)
                {
                    _json.WritePropertyName(member.Key);
                    Value(member.Value, depth + 1);
                }

                _json.WriteEndObject();
                break;
            case SourceKind.Array:
                _json.WriteStartArray();
                foreach (var member in node.Members)
                {
                    Value(member.Value, depth + 1);
                }

                _json.WriteEndArray();
                break;
            default:
                Scalar(node);
                break;
        }
    }

    private void Scalar(SourceNode node)
    {
        switch (node.Kind)
        {
            case SourceKind.Text:
                _json.WriteStringValue(node.Text);
                break;
            case SourceKind.Number:
                // As it was spelt: 0.10 stays 0.10 and 1e400 stays what the reader of decimals will refuse.
                _json.WriteRawValue(node.Text);
                break;
            case SourceKind.Null:
                _json.WriteNullValue();
                break;
            default:
                _json.WriteBooleanValue(node.Kind == SourceKind.True);
                break;
        }
    }
}
