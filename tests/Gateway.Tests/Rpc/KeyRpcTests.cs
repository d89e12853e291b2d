using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Rpc;

/// <summary>Keys over gRPC: the same scopes as over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class KeyRpcTests(HostFixture host) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    private UsageService.UsageServiceClient Usage => new(_channel);

    private QuotaService.QuotaServiceClient Quota => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Theory]
    [InlineData("read", false)]
    [InlineData("devices", false)]
    [InlineData("billing", false)]
    [InlineData("ingest", true)]
    [InlineData("admin", true)]
    public async Task Usage_and_quota_need_a_key_that_may_report(string scope, bool allowed)
    {
        using var admin = await host.NewTenantAsync();
        var key = Key((await admin.CreateAsync("/v1/keys", $$"""{ "scopes": ["{{scope}}"] }""")).Text("key"));
        Func<Task>[] calls =
        [
            async () => await Usage.ReportAsync(new(), key),
            async () =>
            {
                using var call = Usage.Upload(key);
                await call.RequestStream.CompleteAsync();
                await call;
            },
            async () =>
            {
                using var call = Usage.Stream(key);
                await call.RequestStream.CompleteAsync();
                await call.ResponseStream.MoveNext(default);
            },
            async () => await Quota.AuthorizeAsync(new() { Id = "r", Device = "absent", Meter = "m", Quantity = "1" }, key),
            async () => await Quota.ReportUseAsync(new() { Id = "r", Device = "absent", Number = 1, Quantity = "1" }, key),
            async () => await Quota.ReleaseAsync(new() { Id = "r", Device = "absent", Number = 1 }, key),
            async () => await Quota.GetReservationAsync(new() { Id = "r", Device = "absent" }, key),
        ];
        foreach (var call in calls)
        {
            var refusal = await Record.ExceptionAsync(call) as RpcException;
            Assert.Equal(allowed, refusal?.StatusCode is not StatusCode.PermissionDenied);
            Assert.NotEqual(StatusCode.Unauthenticated, refusal?.StatusCode ?? StatusCode.OK);
            Assert.True(allowed || refusal!.Status.Detail.Contains("'ingest'", StringComparison.Ordinal), refusal?.Status.Detail);
        }
    }

    [Fact]
    public async Task A_stream_that_is_open_ends_with_the_first_batch_after_its_key_was_revoked()
    {
        using var admin = await host.NewHomeAsync();
        var made = await admin.CreateAsync("/v1/keys", """{ "scopes": ["ingest"] }""");
        using var stream = Usage.Stream(Key(made.Text("key")));
        await stream.RequestStream.WriteAsync(new() { BatchId = "before" });
        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal(200, (await admin.PostAsync($"/v1/keys/{made.Text("id")}/revoke", "")).Status);

        var started = Stopwatch.GetTimestamp();
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < Patience)
            {
                await stream.RequestStream.WriteAsync(new() { BatchId = "after" });
                Assert.True(await stream.ResponseStream.MoveNext(default));
                await Task.Delay(50);
            }
        });
        Assert.Equal((StatusCode.Unauthenticated, "The API key no longer works."), (end.StatusCode, end.Status.Detail));
    }

    private static Metadata Key(string key) => new() { { "authorization", $"Bearer {key}" } };
}
