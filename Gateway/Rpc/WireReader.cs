using System.Text.Unicode;
using Google.Protobuf;
using Grpc.Core;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>
/// Reads the fields of one protobuf message where they lie, by the rules of <see href="https://protobuf.dev/programming-guides/encoding/"/>
/// and as strictly as Google's parser.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    /// <summary>Groups within groups, at most: as deep as Google's parser goes.</summary>
    private const int MostNested = 100;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The tag of the next field; 0 at the end.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: this is no protobuf, as of all members.</exception>
    public uint Tag()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }
        var tag = unchecked((uint)Varint());
        return WireFormat.GetTagFieldNumber(tag) == 0 ? throw Malformed("a field has number 0") : tag;
    }

    public ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                throw Truncated();
            }
            var next = _rest[0];
            _rest = _rest[1..];
            // Of the tenth byte one bit has room.
            value |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
            {
                return value;
            }
        }
        throw Malformed("a number has more than ten bytes");
    }

    /// <summary>A text in UTF-8.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var text = Bytes();
        return Utf8.IsValid(text) ? text : throw Malformed("a text is no UTF-8");
    }

    /// <summary>What a message within this one consists of.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(unchecked((int)Varint()));

    /// <summary>Passes over a field that nobody asked for.</summary>
    public void Skip(uint tag, int depth = 0)
    {
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint: Varint(); break;
            case WireFormat.WireType.Fixed64: Take(sizeof(ulong)); break;
            case WireFormat.WireType.LengthDelimited: Bytes(); break;
            case WireFormat.WireType.Fixed32: Take(sizeof(uint)); break;
            case WireFormat.WireType.StartGroup: SkipGroup(tag, depth + 1); break;
            case WireFormat.WireType.EndGroup: throw Malformed("a group ends that did not begin");
            default: throw Malformed("a field is of no type");
        }
    }

    private void SkipGroup(uint start, int depth)
    {
        if (depth >= MostNested)
        {
            throw Malformed("it is nested too deep");
        }
        uint tag;
        while (WireFormat.GetTagWireType(tag = Tag()) != WireFormat.WireType.EndGroup)
        {
            Skip(tag == 0 ? throw Truncated() : tag, depth);
        }
        if (WireFormat.GetTagFieldNumber(tag) != WireFormat.GetTagFieldNumber(start))
        {
            throw Malformed("a group ends as another one");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw Truncated();
        }
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static RpcException Truncated() => Malformed("it ends too early");

    private static RpcException Malformed(string problem) => RpcEventReader.Invalid($"request.message_malformed: the message cannot be read: {problem}.");
}
