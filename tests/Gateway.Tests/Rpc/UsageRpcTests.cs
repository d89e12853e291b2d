using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

[Collection(HostCollection.Name)]
public sealed class UsageRpcTests(HostFixture host) : IDisposable
{
    private readonly GrpcChannel _channel =
        GrpcChannel.ForAddress(host.Silo.GrpcUrl, new() { MaxReceiveMessageSize = null, MaxSendMessageSize = null });

    private UsageService.UsageServiceClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task A_batch_is_answered_event_by_event()
    {
        using var caller = await host.NewHomeAsync();
        var request = new ReportRequest
        {
            BatchId = "b-1",
            Events = { Event("e-1", "1.5"), Event("e-1", "1.50"), Event("e-2", "NaN"), Event("e-1", "9") },
        };
        var answer = await Client.ReportAsync(request, Key(caller));
        Assert.Equal("b-1", answer.BatchId);
        Assert.Equal([UsageStatus.Accepted, UsageStatus.Duplicate, UsageStatus.Rejected, UsageStatus.Conflict],
            answer.Results.Select(result => result.Status));
        Assert.Equal(("0.465", "EUR"), (answer.Results[0].Charge, answer.Results[0].Currency));
        Assert.True(answer.Results[0].Position > 0);
        Assert.Equal("usage.value_invalid", answer.Results[2].Code);
        Assert.Equal((1, 1, 2, 1),
            (answer.Counts.Accepted, answer.Counts.Duplicates, answer.Counts.Rejected, answer.Counts.Conflicts));
        Assert.Equal("duplicate", (await caller.ReportAsync("e-1", "1.5")).Text("results/0/status"));
    }

    [Fact]
    public async Task An_upload_is_answered_once_with_what_failed()
    {
        using var caller = await host.NewHomeAsync();
        using var call = Client.Upload(Key(caller));
        for (var batch = 0; batch < 20; batch++)
        {
            var request = new ReportRequest { BatchId = $"b-{batch}" };
            request.Events.AddRange(
                Enumerable.Range(0, 100).Select(i => Event($"{batch}-{i}", i == 7 ? "-1" : "0.001")));
            await call.RequestStream.WriteAsync(request);
        }
        await call.RequestStream.CompleteAsync();
        var summary = await call;
        Assert.Equal((20, 1980, 20), (summary.Batches, summary.Counts.Accepted, summary.Counts.Rejected));
        Assert.Equal(20, summary.Issues.Count);
        Assert.Equal(
            ("b-3", 3, 7, "3-7", "usage.negative_quantity"), (summary.Issues[3].BatchId, summary.Issues[3].Batch,
            summary.Issues[3].Index, summary.Issues[3].Id, summary.Issues[3].Result.Code));
        Assert.Equal("10.11", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task A_stream_answers_every_batch_in_order()
    {
        using var caller = await host.NewHomeAsync();
        using var call = Client.Stream(Key(caller));
        var answered = new List<ReportResponse>();
        var reading = Task.Run(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync())
            {
                answered.Add(response);
            }
        });
        for (var batch = 0; batch < 50; batch++)
        {
            await call.RequestStream.WriteAsync(new() { BatchId = $"{batch}", Events = { Event($"e-{batch}", "1") } });
        }
        await call.RequestStream.CompleteAsync();
        await reading;
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), answered.Select(response => response.BatchId));
        Assert.All(answered, response => Assert.Equal(UsageStatus.Accepted, response.Results.Single().Status));
    }

    [Fact]
    public async Task Without_a_key_a_call_is_unauthenticated()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client.ReportAsync(new()));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        error = await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.ReportAsync(new(), new Metadata { { "authorization", "Bearer nobody-has-this-key" } }));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task Too_many_events_are_an_invalid_argument_and_too_many_bytes_exhaust_resources()
    {
        using var caller = await host.NewHomeAsync();
        var many = new ReportRequest();
        many.Events.AddRange(Enumerable.Repeat(new UsageEvent(), 10_001));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client.ReportAsync(many, Key(caller)));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("usage.too_many_events", error.Status.Detail, StringComparison.Ordinal);
        var large = new ReportRequest { Events = { new UsageEvent { Id = new string('x', 17 * 1024 * 1024) } } };
        error = await Assert.ThrowsAsync<RpcException>(async () => await Client.ReportAsync(large, Key(caller)));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Theory]
    [InlineData("", "d", "m", "1", "usage.id_invalid")]
    [InlineData("e", "", "m", "1", "usage.device_invalid")]
    [InlineData("e", "d", "", "1", "usage.meter_invalid")]
    [InlineData("e", "d", "m", "", "usage.value_invalid")]
    [InlineData("e", "d", "m", "1e15", "usage.value_out_of_range")]
    [InlineData("e", "d", "m", "1", "device.unknown")]
    public async Task A_bad_event_is_rejected_by_the_same_rules_as_over_http(
        string id, string device, string meter, string value, string code)
    {
        using var caller = await host.NewHomeAsync();
        var usage = Event(id, value);
        (usage.Device, usage.Meter) = (device, meter);
        var answer = await Client.ReportAsync(new() { Events = { usage } }, Key(caller));
        Assert.Equal((UsageStatus.Rejected, code), (answer.Results[0].Status, answer.Results[0].Code));
    }

    [Fact]
    public async Task An_event_without_a_time_is_rejected()
    {
        using var caller = await host.NewHomeAsync();
        var usage = Event("e", "1");
        usage.Time = null;
        Assert.Equal("usage.time_invalid",
            (await Client.ReportAsync(new() { Events = { usage } }, Key(caller))).Results[0].Code);
        usage.Time = new() { Seconds = 1, Nanos = -5 };
        Assert.Equal("usage.time_invalid",
            (await Client.ReportAsync(new() { Events = { usage } }, Key(caller))).Results[0].Code);
    }

    private static UsageEvent Event(string id, string value) => new()
    {
        Id = id,
        Device = "meter-17",
        Meter = "energy",
        Time = Timestamp.FromDateTime(new DateTime(2012, 6, 2, 8, 0, 0, DateTimeKind.Utc)),
        Value = value,
    };

    private static Metadata Key(Caller caller) => new() { { "authorization", $"Bearer {caller.Key}" } };
}
