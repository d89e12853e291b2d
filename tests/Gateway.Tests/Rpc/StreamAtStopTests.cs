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

        AssertEndedByTheServer(end, answered);
        Assert.All(answered, response => Assert.Equal(UsageStatus.Accepted, response.Results.Single().Status));
        Assert.Equal(0, silo.ExitCode);
        Assert.InRange(told.Elapsed, TimeSpan.Zero, Soon);
    }

    /// <summary>
    /// The client of .NET forgets what it has received and not yet handed out when the connection closes while the request is still
    /// open (SocketsHttpHandler keeps a response only when both sides have ended), and the server closes it at once. So the end is either
    /// the server's status after all answers, or an orderly close after some of them; what has no answer is sent again in both cases.
    /// </summary>
    private static void AssertEndedByTheServer(RpcException end, List<ReportResponse> answered)
    {
        var batches = Enumerable.Range(0, Batches).Select(i => $"b-{i}");
        if (end.StatusCode == StatusCode.Internal)
        {
            Assert.Contains("The HTTP/2 server closed the connection. HTTP/2 error code 'NO_ERROR'", end.Status.Detail, StringComparison.Ordinal);
            Assert.Equal(batches.Take(answered.Count), answered.Select(response => response.BatchId));
            return;
        }
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Contains("stops", end.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(batches, answered.Select(response => response.BatchId));
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
