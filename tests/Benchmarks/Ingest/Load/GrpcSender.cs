using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Benchmarks.Server;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>
/// Unary calls of a real gRPC client. Requests are written and answers are counted without an object for each event, so that the
/// processors are the server's.
/// </summary>
internal sealed class GrpcSender : IUsageSender
{
    private const int CountsField = 3;
    private const int EventsField = 2;

    private static readonly Method<Usage[], UsageCounts> Report = new(
        MethodType.Unary, UsageService.Descriptor.FullName, nameof(Report),
        Marshallers.Create<Usage[]>(Write, _ => throw new NotSupportedException()),
        Marshallers.Create<UsageCounts>((_, _) => throw new NotSupportedException(), Read));

    private readonly GrpcChannel[] _channels;
    private readonly CallInvoker[] _invokers;
    private readonly Metadata _headers;
    private int _turn;

    /// <param name="urls">A connection to each; the same one more than once for more.</param>
    public GrpcSender(IEnumerable<Uri> urls, string key)
    {
        _channels = [.. urls.Select(url => GrpcChannel.ForAddress(url, new()
        {
            HttpHandler = new SocketsHttpHandler(), DisposeHttpClient = true, MaxReceiveMessageSize = null,
        }))];
        _invokers = [.. _channels.Select(c => c.CreateCallInvoker())];
        _headers = new() { { "authorization", $"Bearer {key}" } };
    }

    public async Task SendAsync(Usage[] batch)
    {
        var invoker = _invokers[(uint)Interlocked.Increment(ref _turn) % _invokers.Length];
        using var call = invoker.AsyncUnaryCall(Report, null, new CallOptions(_headers), batch);
        var counts = await call.ResponseAsync;
        if (counts.Accepted != batch.Length)
        {
            throw new InvalidOperationException($"Of {batch.Length} events, {counts} was the answer.");
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(_channels, c => c.Dispose());
        return ValueTask.CompletedTask;
    }

    private static void Write(Usage[] batch, SerializationContext context)
    {
        var writer = context.GetBufferWriter();
        Span<byte> one = stackalloc byte[160];
        foreach (var usage in batch)
        {
            var length = Write(usage, one[2..]);
            // Below 16,384, so two bytes hold the length; the first says the field.
            var place = writer.GetSpan(length + 3);
            place[0] = (EventsField << 3) | 2;
            place[1] = (byte)(length | 0x80);
            place[2] = (byte)(length >> 7);
            one.Slice(2, length).CopyTo(place[3..]);
            writer.Advance(length + 3);
        }
        context.Complete();
    }

    private static int Write(Usage usage, Span<byte> into)
    {
        Span<char> text = stackalloc char[36];
        usage.Id.TryFormat(text, out var length);
        var at = Text(1, text[..length], into);
        at += Text(2, FleetUnderTest.DeviceId(usage.Device), into[at..]);
        at += Text(3, "data", into[at..]);
        var time = new Timestamp
        {
            Seconds = usage.UnixMilliseconds / 1000, Nanos = (int)(usage.UnixMilliseconds % 1000) * 1_000_000,
        };
        var size = time.CalculateSize();
        into[at++] = (4 << 3) | 2;
        into[at++] = (byte)size;
        time.WriteTo(into.Slice(at, size));
        at += size;
        (usage.Thousandths / 1000m).TryFormat(text, out length, default, System.Globalization.CultureInfo.InvariantCulture);
        return at + Text(5, text[..length], into[at..]);
    }

    private static int Text(int field, ReadOnlySpan<char> text, Span<byte> into)
    {
        into[0] = (byte)((field << 3) | 2);
        into[1] = (byte)text.Length;
        return 2 + Encoding.ASCII.GetBytes(text, into[2..]);
    }

    private static UsageCounts Read(DeserializationContext context)
    {
        var input = new CodedInputStream(context.PayloadAsReadOnlySequence().ToArray());
        var counts = new UsageCounts();
        while (input.ReadTag() is > 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == CountsField)
            {
                input.ReadMessage(counts);
            }
            else
            {
                input.SkipLastField();
            }
        }
        return counts;
    }
}
