using System.Text.Json;

namespace OrleansBilling.Core.Documents;

/// <summary>Finds the places of values in JSON.</summary>
internal static class JsonSource
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static SourceNode Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span);
        var place = new JsonPlace(utf8);
        reader.Read();
        var root = Value(ref reader, place);
        // Anything after the value throws here.
        reader.Read();
        return root;
    }

    private static SourceNode Value(ref Utf8JsonReader reader, JsonPlace place)
    {
        var at = place.Of(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new SourceNode(SourceKind.Object, at);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var keyAt = place.Of(reader.TokenStartIndex);
                    var key = KeyOf(ref reader);
                    reader.Read();
                    map.Members.Add(new(key, keyAt, Value(ref reader, place)));
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new SourceNode(SourceKind.Array, at);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var item = Value(ref reader, place);
                    list.Members.Add(new("", item.At, item));
                }

                return list;
            default:
                // The readers of definitions take values from the JSON itself.
                return new(SourceKind.Text, at);
        }
    }

    private static string KeyOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the readers of definitions refuse it and give no pointer to look up.
            return "";
        }
    }
}
