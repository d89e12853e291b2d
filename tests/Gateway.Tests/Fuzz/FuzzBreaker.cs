using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>Breaks what was right: values, structure, text, bytes.</summary>
internal sealed class FuzzBreaker(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\u0001", "\u202Eabc", "\uFEFF", "é\u0301", "\U0001F600", "' OR 1=1 --", "../../etc/passwd", "<script>", "${x}",
        "null", "NaN", "Infinity", "-0", "1e308", "1e-400", "99999999999999999999999999999", "0.0000000000000000000000000001", "+1", "0x10",
        "1,5", "١٢", "0001-01-01T00:00:00Z", "2199-12-31T23:59:59.9999999Z", "1900-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z", "2012-02-30T00:00:00Z", "2012-06-01T24:00:00Z", "2012-06-01",
        "2012-06-01T00:00:00+18:01", "-9999-01-01T00:00:00Z", "P99999999999Y", "-PT1S", "PT1E9S", "periodEnd", "now", "a/b", "a%2Fb", "*", "?", "#",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1.5", "1e2", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "9223372036854775808", "1e309", "-0", "1e-30",
        "123456789012345678901234567890123456789", "0.1234567890123456789012345678901234567890",
    ];

    /// <summary>A text that nobody should send.</summary>
    public string Text() => random.Next(8) switch
    {
        0 => new string((char)('a' + random.Next(26)), random.Next(1, 3) == 1 ? 129 : 5000),
        1 => new string('界', 200),
        _ => Texts[random.Next(Texts.Length)],
    };

    /// <summary>The JSON with one to three places changed.</summary>
    public JsonNode? Values(JsonNode? json)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var places = new List<JsonNode>();
            Collect(json, places);
            if (places.Count == 0)
            {
                return Wrong();
            }
            Change(places[random.Next(places.Count)]);
        }
        return json;
    }

    /// <summary>The text with its form broken.</summary>
    public byte[] Form(string json) => random.Next(10) switch
    {
        0 => Encoding.UTF8.GetBytes(json[..random.Next(json.Length + 1)]),
        1 => Flipped(Encoding.UTF8.GetBytes(json)),
        2 => [],
        3 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(60, 5000)))),
        4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(60, 3000))) + "1" + new string('}', 60)),
        5 => Encoding.Unicode.GetBytes(json),
        6 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)],
        7 => Encoding.UTF8.GetBytes(json + json),
        8 => Encoding.UTF8.GetBytes(json.Replace("\"", "\"\\ud800", StringComparison.Ordinal)),
        _ => Encoding.UTF8.GetBytes("/* c */" + json.Replace(":", ":,", StringComparison.Ordinal)),
    };

    private static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is JsonObject or JsonArray)
        {
            into.Add(node);
        }
        foreach (var child in node switch
        {
            JsonObject map => map.Select(pair => pair.Value),
            JsonArray list => list,
            _ => [],
        })
        {
            Collect(child, into);
        }
    }

    private void Change(JsonNode place)
    {
        if (place is JsonArray list)
        {
            ChangeItems(list);
            return;
        }
        var map = (JsonObject)place;
        var names = map.Select(pair => pair.Key).ToList();
        if (names.Count == 0 || random.Next(6) == 0)
        {
            map[random.Next(3) == 0 ? Text() : "unknownProperty"] = Wrong();
            return;
        }
        var name = names[random.Next(names.Count)];
        if (random.Next(5) == 0)
        {
            map.Remove(name);
            return;
        }
        map[name] = Wrong();
    }

    private void ChangeItems(JsonArray list)
    {
        var copied = list.Count > 0 ? list[random.Next(list.Count)] : null;
        switch (random.Next(4))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(random.Next(list.Count));
                break;
            case 1:
                for (var i = random.Next(1, 400); i > 0; i--)
                {
                    list.Add(copied?.DeepClone());
                }
                break;
            default:
                list.Add(Wrong());
                break;
        }
    }

    private JsonNode? Wrong() => random.Next(9) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => random.Next(2) == 0,
        4 => JsonNode.Parse(Numbers[random.Next(Numbers.Length)]),
        5 => Nested(random.Next(2, 70)),
        6 => Numbers[random.Next(Numbers.Length)],
        _ => Text(),
    };

    private static JsonNode Nested(int depth)
    {
        JsonNode inner = new JsonArray();
        for (var i = 0; i < depth; i++)
        {
            inner = i % 2 == 0 ? new JsonArray(inner) : new JsonObject { [i.ToString(CultureInfo.InvariantCulture)] = inner };
        }
        return inner;
    }

    private byte[] Flipped(byte[] bytes)
    {
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
        return bytes;
    }
}
