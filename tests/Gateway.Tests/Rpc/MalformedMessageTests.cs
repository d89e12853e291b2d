using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

/// <summary>Messages that cannot be read are the sender's fault, and say so.</summary>
[Collection(HostCollection.Name)]
public sealed class MalformedMessageTests(HostFixture host) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Every_method_refuses_what_is_no_protobuf_as_an_invalid_argument_and_logs_no_fault()
    {
        using var caller = await host.NewHomeAsync();
        var rpc = new RawRpc(_channel);
        foreach (var (name, method) in await rpc.MethodsAsync(Key(caller)))
        {
            // The first field, longer than the message.
            var outcome = await rpc.CallAsync(name, method, [[0x0A, 0x7F, 0x61]], Key(caller));
            Assert.Equal((name, StatusCode.InvalidArgument), (name, outcome.Status));
            Assert.StartsWith("request.message_malformed: ", outcome.Detail, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("InvalidProtocolBufferException", host.Silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_no_utf8_is_refused_and_not_changed_into_another_id()
    {
        using var caller = await host.NewHomeAsync();
        var rpc = new RawRpc(_channel);
        var methods = await rpc.MethodsAsync(Key(caller));
        var bytes = new ReportRequest { Events = { Event("e-?") } }.ToByteArray();
        bytes[bytes.AsSpan().IndexOf((byte)'?')] = 0xFF;

        const string Name = "orleansbilling.v1.UsageService/Report";
        var outcome = await rpc.CallAsync(Name, methods[Name], [bytes], Key(caller));

        Assert.Equal(StatusCode.InvalidArgument, outcome.Status);
        Assert.Empty((await caller.GetAsync("/v1/devices/meter-17/usage")).Json.GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task A_stream_ends_at_a_message_that_cannot_be_read_and_what_came_before_it_counts()
    {
        using var caller = await host.NewHomeAsync();
        var rpc = new RawRpc(_channel);
        const string Name = "orleansbilling.v1.UsageService/Stream";
        var method = (await rpc.MethodsAsync(Key(caller)))[Name];
        var right = new ReportRequest { BatchId = "b", Events = { Event("e-1") } }.ToByteArray();

        var outcome = await rpc.CallAsync(Name, method, [right, Encoding.UTF8.GetBytes("\u007f?")], Key(caller));

        Assert.Equal(StatusCode.InvalidArgument, outcome.Status);
        Assert.Equal("b", ReportResponse.Parser.ParseFrom(Assert.Single(outcome.Answers)).BatchId);
        Assert.Equal("1", (await caller.GetAsync("/v1/devices/meter-17/usage")).Text("rows/0/events"));
    }

    private static UsageEvent Event(string id) => new()
    {
        Id = id, Device = "meter-17", Meter = "energy", Value = "1",
        Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(new(2012, 6, 2, 8, 0, 0, TimeSpan.Zero)),
    };

    private static Metadata Key(Caller caller) => new() { { "authorization", $"Bearer {caller.Key}" } };
}
