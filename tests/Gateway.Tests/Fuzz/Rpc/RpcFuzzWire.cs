using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>Protobuf's encoding, and what may be wrong with it.</summary>
/// <remarks>Form: protobuf.dev, "Encoding": a tag is a number and one of six wire types; only four of them are in use.</remarks>
internal static class RpcFuzzWire
{
    private static readonly long[] Numbers =
    [
        -1, 0, int.MaxValue, int.MinValue, (long)int.MaxValue + 1, long.MaxValue, long.MinValue, 253_402_300_799, 253_402_300_800, -62_135_596_800,
        -62_135_596_801, 999_999_999, 1_000_000_000,
    ];

    public static WireFormat.WireType TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.String or FieldType.Bytes => WireFormat.WireType.LengthDelimited,
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireFormat.WireType.Fixed32,
        _ => WireFormat.WireType.Varint,
    };

    public static long OddNumber(Random random) => Numbers[random.Next(Numbers.Length)];

    /// <summary>A text that nobody should send, or bytes that are no UTF-8.</summary>
    public static byte[] OddText(FuzzBreaker breaker, Random random) => random.Next(5) switch
    {
        0 => [0xC3, 0x28], 1 => [0xED, 0xA0, 0x80], 2 => [(byte)'a', 0xFF],
        _ => Encoding.UTF8.GetBytes(breaker.Text()),
    };

    public static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes a field wrongly.</summary>
    /// <param name="value">What would have followed its tag.</param>
    public static void Break(RpcFuzzOutput output, FieldDescriptor field, byte[] value, Random random)
    {
        var number = field.FieldNumber;
        switch (random.Next(12))
        {
            case 0: // twice: the last one counts
                output.Field(number, TypeOf(field), value);
                output.Field(number, TypeOf(field), value);
                break;
            case 1: // another wire type
                output.Field(number, (WireFormat.WireType)random.Next(8), value);
                break;
            case 2: // a field that there is not
                output.Field(random.Next(1000, 19_000), TypeOf(field), value);
                break;
            case 3: // the number 0, which no field has
                output.Raw([(byte)TypeOf(field)]);
                output.Raw(value);
                break;
            case 4: // longer than the rest
                output.Tag(number, WireFormat.WireType.LengthDelimited);
                output.Varint(random.Next(2) == 0 ? int.MaxValue : (ulong)random.Next(1000, 100_000));
                output.Raw(value);
                break;
            case 5: // a negative length
                output.Tag(number, WireFormat.WireType.LengthDelimited);
                output.Varint(ulong.MaxValue);
                break;
            case 6: // a number without an end
                output.Tag(number, WireFormat.WireType.Varint);
                output.Raw([.. Enumerable.Repeat((byte)0xFF, random.Next(9, 14))]);
                break;
            case 7: // groups, closed or not
                foreach (var _ in Enumerable.Range(0, random.Next(1, 300)))
                {
                    output.Tag(number, WireFormat.WireType.StartGroup);
                }
                break;
            case 8:
                output.Tag(number, WireFormat.WireType.EndGroup);
                break;
            case 9: // messages in each other
                output.Field(number, WireFormat.WireType.LengthDelimited, Nested(number, random.Next(2, 200)));
                break;
            case 10: // left out
                break;
            default: // cut off
                output.Tag(number, TypeOf(field));
                output.Raw(value.AsSpan(0, random.Next(value.Length + 1)));
                break;
        }
    }

    /// <summary>Some bytes changed, removed, or put in.</summary>
    public static byte[] Damaged(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(3))
            {
                case 0 when at < list.Count:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < list.Count:
                    list.RemoveRange(at, random.Next(list.Count - at));
                    break;
                default:
                    list.InsertRange(at, Noise(random, random.Next(1, 12)));
                    break;
            }
        }
        return [.. list];
    }

    private static byte[] Nested(int number, int depth)
    {
        byte[] inner = [];
        for (var i = 0; i < depth; i++)
        {
            var within = RpcFuzzOutput.Sized(inner);
            inner = RpcFuzzOutput.Of(output => output.Field(number, WireFormat.WireType.LengthDelimited, within));
        }
        return RpcFuzzOutput.Sized(inner);
    }
}
