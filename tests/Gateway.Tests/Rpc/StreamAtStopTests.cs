using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

/// <summary>A server that is told to stop while a device platform holds a usage stream open.</summary>
public sealed class StreamAtStopTests
{
    private const int Batches = 5;

    /// <summary>Without an end of its streams the server would wait for two thirds of its 30 seconds.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task An_open_stream_is_answered_and_ended_and_does_not_hold_up_the_stop()
    {
        await using var silo = new SiloProcess();
        await silo.StartAsync();
        using var server = new Caller(silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        var made = await server.PostAsync("/v1/tenants", """{ "id": "t", "testClock": { "now": "2012-06-03T00:00:00Z" } }""");
        using var caller = new Caller(silo.Client(made.Text("key")), made.Text("key"));
        await HostFixture.FurnishAsync(caller);
        using var channel = GrpcChannel.ForAddress(silo.GrpcUrl);
        using var patience = new CancellationTokenSource(2 * Soon);
        using var call = new UsageService.UsageServiceClient(channel).Stream(
            new Metadata { { "authorization", $"Bearer {caller.Key}" } }, cancellationToken: patience.Token);
        for (var batch = 0; batch < Batches; batch++)
        {
            await call.RequestStream.WriteAsync(new() { BatchId = $"b-{batch}", Events = { Event($"e-{batch}") } });
        }
        Assert.True(await call.ResponseStream.MoveNext());

        await silo.TellToStopAsync();
        var told = Stopwatch.StartNew();
        var answered = new List<ReportResponse> { call.ResponseStream.Current };
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
                answered.Add(call.ResponseStream.Current);
            }
        });
        await silo.WaitForExitAsync(Soon);

        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Contains("stops", end.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Batches).Select(i => $"b-{i}"), answered.Select(response => response.BatchId));
        Assert.All(answered, response => Assert.Equal(UsageStatus.Accepted, response.Results.Single().Status));
        Assert.Equal(0, silo.ExitCode);
        Assert.InRange(told.Elapsed, TimeSpan.Zero, Soon);
    }

    private static UsageEvent Event(string id) => new()
    {
        Id = id,
        Device = "meter-17",
        Meter = "energy",
        Time = Timestamp.FromDateTime(new DateTime(2012, 6, 2, 8, 0, 0, DateTimeKind.Utc)),
        Value = "1",
    };
}
