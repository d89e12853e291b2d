using System.Text;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrleansBilling.Gateway.Rpc;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

/// <summary>What Google's parser says of the same bytes is what the own reader has to say.</summary>
public sealed class RpcEventReaderTests
{
    private static readonly Gen<string> Texts = Gen.Frequency(
        (6, Gen.String[Gen.Char.AlphaNumeric, 0, 12]), (1, Gen.String[Gen.Char['\u00a0', '\u2fff'], 1, 70]), (1, Gen.Const("")));

    private static readonly Gen<UsageEvent> Events =
        from texts in Texts.Array[8]
        from dimensions in Gen.Select(Texts, Texts).Array[0, 20]
        from time in Gen.Select(Gen.Long, Gen.Int, Gen.Bool)
        from identifier in Gen.Select(Texts, Texts, Gen.Bool)
        select Event(texts, dimensions, time, identifier);

    private static readonly Gen<byte[]> Requests = Gen.Select(Texts, Events.Array[0, 5], (batch, events) =>
        new ReportRequest { BatchId = batch, Events = { events } }.ToByteArray());

    // Fields of any number and type: known ones again, of the wrong type, unknown ones, groups.
    private static readonly Gen<byte[]> Scalars = Gen.Select(Gen.Int[1, 20], Gen.Int[0, 5], Gen.Byte.Array[0, 12], (number, type, bytes) =>
        type switch
        {
            0 => Field(number, 0, [.. bytes.Take(9).Select(b => (byte)(b | 0x80)), 1]),
            1 => Field(number, 1, [.. bytes.Concat(new byte[8]).Take(8)]),
            5 => Field(number, 5, [.. bytes.Concat(new byte[4]).Take(4)]),
            3 => [.. Field(number, 3, Field(7, 2, [(byte)bytes.Length, .. bytes])), .. Field(number, 4, [])],
            4 => [.. Field(number, 3, Field(9, 3, Field(9, 4, []))), .. Field(number, 4, [])],
            _ => Field(number, 2, [(byte)bytes.Length, .. bytes.Select(b => (byte)(b & 0x7F))]),
        });

    private static readonly Gen<byte[]> Times = Scalars.Array[0, 3].Select(Joined);

    private static readonly Gen<byte[]> Odd = Gen.OneOf(
        Scalars,
        Times.Select(t => Message(4, t)),
        Times.Select(t => Message(7, t)),
        Times.Select(t => Message(11, t)),
        Events.Select(e => e.ToByteArray())).Array[0, 6].Select(Joined);

    private static readonly Gen<byte[]> OddRequests = Gen.OneOf(Scalars, Odd.Select(e => Message(2, e)), Requests).Array[0, 5].Select(Joined);

    [Fact]
    public void Requests_are_read_as_they_were_written() => Requests.Sample(AssertSame);

    [Fact]
    public void Fields_that_come_again_or_are_unknown_are_read_as_by_the_generated_parser() => OddRequests.Sample(AssertSame);

    [Fact]
    public void Damaged_requests_are_refused_or_read_as_by_the_generated_parser() => Gen
        .Select(OddRequests, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 10_000], Gen.Byte).Array[1, 4], (bytes, damages) =>
            damages.Aggregate(bytes, (damaged, d) => Damaged(damaged, d.Item1, d.Item2, d.Item3)))
        .Sample(AssertRefusedOrSame, iter: 2_000);

    [Fact]
    public void A_message_that_is_no_protobuf_is_the_callers_fault()
    {
        var refused = Assert.Throws<RpcException>(() => RpcEventReader.Read([0x12, 0x7F], new IntakeBatch(new())));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("request.message_malformed: ", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_that_never_end_in_groups_are_refused()
    {
        byte[] nested = [.. Enumerable.Repeat((byte)((15 << 3) | 3), 100_000)];

        Assert.Throws<RpcException>(() => RpcEventReader.Read(nested, new IntakeBatch(new())));
    }

    [Fact]
    public void Events_beyond_what_a_request_may_have_are_counted_and_not_kept()
    {
        byte[] many = [.. Enumerable.Repeat(Message(2, []), UsageLimits.MaxEvents + 5).SelectMany(e => e)];
        var batch = new IntakeBatch(new());

        Assert.Equal(("", UsageLimits.MaxEvents + 5), RpcEventReader.Read(many, batch));
        Assert.Equal(UsageLimits.MaxEvents, batch.Count);
    }

    /// <summary>An event's own id of 36 characters takes 96 bytes; nothing else is made for it.</summary>
    [Fact]
    public void Nothing_but_its_id_is_allocated_for_an_event()
    {
        const int Count = 1_000;
        var request = new ReportRequest();
        for (var i = 0; i < Count; i++)
        {
            request.Events.Add(new UsageEvent
            {
                Id = Guid.NewGuid().ToString(), Device = $"m-{i % 10}", Meter = "energy", Value = "1.5", Time = new() { Seconds = 1_770_000_000 + i },
            });
        }
        var (bytes, batch) = (request.ToByteArray(), new IntakeBatch(new()));
        for (var warm = 0; warm < 2; warm++)
        {
            RpcEventReader.Read(bytes, batch);
            batch.Clear();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        RpcEventReader.Read(bytes, batch);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.All(batch.Events.ToArray(), e => Assert.Null(e.Fault));
        Assert.InRange(allocated, 96 * Count, 97 * Count);
    }

    private static UsageEvent Event(
        string[] texts, (string, string)[] dimensions, (long Seconds, int Nanos, bool Has) time, (string Kind, string Value, bool Has) identifier)
    {
        var usage = new UsageEvent
        {
            Id = texts[0], Device = texts[1], Meter = texts[2], Value = texts[3], Unit = texts[4], Session = texts[5], Phase = texts[6],
            Operation = texts[7],
        };
        foreach (var (name, value) in dimensions)
        {
            usage.Dimensions[name] = value;
        }
        usage.Time = time.Has ? new Timestamp { Seconds = time.Seconds, Nanos = time.Nanos } : null;
        usage.Identifier = identifier.Has ? new Identifier { Kind = identifier.Kind, Value = identifier.Value } : null;
        return usage;
    }

    private static void AssertSame(byte[] bytes) => AssertSame(bytes, mayRefuse: false);

    private static void AssertRefusedOrSame(byte[] bytes) => AssertSame(bytes, mayRefuse: true);

    /// <param name="mayRefuse">The generated parser passes over fields without a type (6 and 7) within entries of maps; they are
    /// refused here, as everywhere else.</param>
    private static void AssertSame(byte[] bytes, bool mayRefuse)
    {
        var theirs = Try(() => ReportRequest.Parser.ParseFrom(bytes));
        var (batch, read) = (new IntakeBatch(new()), default((string BatchId, int Events)?));
        try
        {
            read = RpcEventReader.Read(bytes, batch);
        }
        catch (RpcException)
        {
        }
        if (mayRefuse && read is null)
        {
            return;
        }
        Assert.True((theirs is not null) == (read is not null), $"{Convert.ToHexString(bytes)} is {(theirs is null ? "refused" : "read")} by the generated parser alone.");
        if (theirs is null)
        {
            return;
        }
        Assert.Equal((theirs.BatchId, theirs.Events.Count), read);
        var i = 0;
        foreach (var message in MessagesOf(bytes))
        {
            var usage = new WireEvent();
            usage.Read(message, new StringCache());
            AssertSame(theirs.Events[i], usage);
            Assert.Equal(theirs.Events[i++].Id, batch.Events[i - 1].Id);
        }
        Assert.Equal(theirs.Events.Count, i);
    }

    private static void AssertSame(UsageEvent theirs, in WireEvent ours)
    {
        Assert.Equal(
            [theirs.Id, theirs.Device, theirs.Meter, theirs.Value, theirs.Unit, theirs.Session, theirs.Phase, theirs.Operation],
            new[] { Text(ours.Id), Text(ours.Device), Text(ours.Meter), Text(ours.Value), Text(ours.Unit), Text(ours.Session), Text(ours.Phase), Text(ours.Operation) });
        Assert.Equal((theirs.Time is not null, theirs.Time?.Seconds ?? 0, theirs.Time?.Nanos ?? 0), (ours.HasTime, ours.Seconds, ours.Nanos));
        Assert.Equal(
            (theirs.Identifier is not null, theirs.Identifier?.Kind ?? "", theirs.Identifier?.Value ?? ""),
            (ours.HasIdentifier, Text(ours.Kind), Text(ours.Name)));
        var dimensions = ours.Dimensions ?? [];
        if (theirs.Dimensions.Count > UsageLimits.MaxDimensions)
        {
            Assert.True(dimensions.Count > UsageLimits.MaxDimensions);
            return;
        }
        Assert.Equal(
            theirs.Dimensions.OrderBy(d => d.Key, StringComparer.Ordinal), dimensions.OrderBy(d => d.Key, StringComparer.Ordinal));
    }

    private static List<byte[]> MessagesOf(byte[] request)
    {
        var reader = new WireReader(request);
        var found = new List<byte[]>();
        while (reader.Tag() is > 0 and var tag)
        {
            if (tag == ((2 << 3) | 2))
            {
                found.Add(reader.Bytes().ToArray());
            }
            else
            {
                reader.Skip(tag);
            }
        }
        return found;
    }

    private static byte[] Damaged(byte[] bytes, int how, int place, byte with)
    {
        if (bytes.Length == 0)
        {
            return [with];
        }
        var at = place % bytes.Length;
        return how switch
        {
            0 => [.. bytes[..at], with, .. bytes[(at + 1)..]],
            1 => bytes[..at],
            2 => [.. bytes[..at], with, .. bytes[at..]],
            _ => [.. bytes, .. bytes[at..]],
        };
    }

    private static ReportRequest? Try(Func<ReportRequest> parse)
    {
        try
        {
            return parse();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private static byte[] Joined(byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] Message(int number, byte[] content) => Field(number, 2, [.. Varint(content.Length), .. content]);

    private static byte[] Field(int number, int type, byte[] content) => [.. Varint((number << 3) | type), .. content];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
        }
        return [.. bytes, (byte)value];
    }
}
