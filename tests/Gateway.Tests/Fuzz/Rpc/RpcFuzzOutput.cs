using Google.Protobuf;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>Bytes of protobuf, of which nothing is checked.</summary>
internal sealed class RpcFuzzOutput
{
    private readonly List<byte> _bytes = [];

    public static byte[] Of(Action<RpcFuzzOutput> write)
    {
        var output = new RpcFuzzOutput();
        write(output);
        return [.. output._bytes];
    }

    /// <summary>What follows the tag of a text, bytes or a message.</summary>
    public static byte[] Sized(byte[] value) => Of(output =>
    {
        output.Varint((ulong)value.Length);
        output.Raw(value);
    });

    public void Tag(int number, WireFormat.WireType type) => Varint(WireFormat.MakeTag(number, type));

    public void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _bytes.Add((byte)(value & 0x7F | 0x80));
        }
        _bytes.Add((byte)value);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Field(int number, WireFormat.WireType type, byte[] value)
    {
        Tag(number, type);
        Raw(value);
    }
}
