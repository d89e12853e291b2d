using System.Buffers.Binary;
using System.IO.Compression;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>Makes the call of a seed: one in three is right, the others are broken in a value, in bytes, in framing or in their order.</summary>
/// <remarks>Form of a frame: gRPC over HTTP/2: a byte that says whether it is compressed, the length in four, the message.</remarks>
internal sealed class RpcFuzzRequests(IReadOnlyList<RpcFuzzMethod> methods, FuzzIds ids)
{
    private const int FrameHeader = 5;
    private const int TooLong = 17 * 1024 * 1024;

    private static readonly (string Name, string Value)[] OddHeaders =
    [
        ("grpc-timeout", "x"), ("grpc-timeout", "-1S"), ("grpc-timeout", "99999999H"), ("grpc-timeout", "999999999999S"), ("grpc-accept-encoding", "nonsense"),
        ("grpc-previous-rpc-attempts", "x"), ("user-agent", " "), ("x-bin-bin", "!!!"), ("traceparent", "00-0-0-0"),
    ];

    public RpcFuzzRequest Make(long seed)
    {
        var random = new Random(unchecked((int)(seed * 2_654_435_761)));
        var method = methods[random.Next(methods.Count)];
        var broken = random.Next(3) == 0 ? RpcFuzzPart.Nothing : (RpcFuzzPart)random.Next(1, 7);
        var messages = Messages(method, broken, random);
        var headers = new List<(string, string)>();
        var body = broken == RpcFuzzPart.Framing
            ? BrokenFrames(messages, headers, random)
            : [.. messages.SelectMany(message => Frame(message))];
        if (broken == RpcFuzzPart.Headers)
        {
            headers.Add(OddHeaders[random.Next(OddHeaders.Length)]);
        }
        return new(seed, method, broken, body, broken == RpcFuzzPart.Order && random.Next(3) == 0, headers);
    }

    private List<byte[]> Messages(RpcFuzzMethod method, RpcFuzzPart broken, Random random)
    {
        var made = new RpcFuzzMessages(ids, random);
        // Out of order: no message where one is needed, several where one may be, many at once in a stream.
        var count = (broken, method.TakesStream) switch
        {
            (RpcFuzzPart.Order, true) => random.Next(2) == 0 ? 0 : random.Next(20, 60),
            (RpcFuzzPart.Order, false) => random.Next(2) == 0 ? 0 : random.Next(2, 5),
            (_, true) => random.Next(1, 5),
            _ => 1,
        };
        return [.. Enumerable.Range(0, count).Select(_ => broken switch
        {
            RpcFuzzPart.Values => made.Broken(method.Input, 12),
            RpcFuzzPart.ManyValues => made.Broken(method.Input, 3),
            RpcFuzzPart.Bytes => random.Next(6) == 0 ? RpcFuzzWire.Noise(random, random.Next(200)) : RpcFuzzWire.Damaged(made.Valid(method.Input), random),
            _ => made.Valid(method.Input),
        })];
    }

    private static byte[] Frame(byte[] message, byte flag = 0, long? length = null)
    {
        var frame = new byte[FrameHeader + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(length ?? message.Length));
        message.CopyTo(frame, FrameHeader);
        return frame;
    }

    private static byte[] BrokenFrames(List<byte[]> messages, List<(string, string)> headers, Random random)
    {
        var at = random.Next(messages.Count);
        var (message, frames) = (messages[at], messages.Select(one => Frame(one)).ToList());
        switch (random.Next(12))
        {
            case 0: // says to be shorter: what is left begins the next frame
                frames[at] = Frame(message, 0, random.Next(message.Length + 1));
                break;
            case 1: // says to be longer than what comes
                frames[at] = Frame(message, 0, message.Length + random.Next(1, 1000));
                break;
            case 2:
                frames[at] = Frame(message, 0, random.Next(2) == 0 ? uint.MaxValue : int.MaxValue);
                break;
            case 3: // more than is taken, and it does come
                frames[at] = Frame(random.Next(4) == 0 ? new byte[TooLong] : message, 0, TooLong);
                break;
            case 4: // a flag that there is not
                frames[at] = Frame(message, (byte)random.Next(2, 256));
                break;
            case 5: // compressed with nothing said about how
                frames[at] = Frame(message, 1);
                break;
            case 6:
                headers.Add(("grpc-encoding", random.Next(3) switch { 0 => "identity", 1 => "nonsense", _ => "gzip, gzip" }));
                frames[at] = Frame(message, 1);
                break;
            case 7: // not what it says
                headers.Add(("grpc-encoding", "gzip"));
                frames[at] = Frame(message, 1);
                break;
            case 8: // right, or cut off within
                headers.Add(("grpc-encoding", "gzip"));
                var zipped = Zipped(message);
                frames[at] = Frame(random.Next(2) == 0 ? zipped : zipped[..random.Next(zipped.Length)], 1);
                break;
            case 9: // small as sent, more than is taken when unpacked
                headers.Add(("grpc-encoding", "gzip"));
                frames[at] = Frame(Zipped(new byte[TooLong]), 1);
                break;
            case 10: // a piece of a frame at the end
                frames.Add(Frame(message)[..random.Next(1, FrameHeader)]);
                break;
            default: // no frames at all
                return RpcFuzzWire.Noise(random, random.Next(1, 300));
        }
        return [.. frames.SelectMany(frame => frame)];
    }

    private static byte[] Zipped(byte[] message)
    {
        using var into = new MemoryStream();
        using (var zip = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(message);
        }
        return into.ToArray();
    }
}
