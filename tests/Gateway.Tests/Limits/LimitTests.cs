using System.Diagnostics;
using System.Net;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Limits;

/// <summary>Limits of keys and tenants over the wire.</summary>
[Collection(HostCollection.Name)]
public sealed class LimitTests(HostFixture host) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    private UsageService.UsageServiceClient Usage => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_back_and_another_tenant_s_key_is_not_held_up()
    {
        using var admin = await host.NewTenantAsync();
        using var other = await host.NewTenantAsync();
        using var noisy = await KeyAsync(admin, """{ "scopes": ["read"], "limits": { "requestsPerSecond": 2 } }""");
        using var quiet = await KeyAsync(other, """{ "scopes": ["read"], "limits": { "requestsPerSecond": 1000 } }""");
        var (limited, calm) = (0, 0);
        var storm = Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            var answer = await noisy.GetAsync("/v1/meters");
            if (answer.Status != 200)
            {
                answer.IsProblem(429, "limit.requests_per_second");
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
                Interlocked.Increment(ref limited);
            }
        }));
        for (; calm < 50; calm++)
        {
            Assert.Equal(200, (await quiet.GetAsync("/v1/meters")).Status);
        }
        await storm;
        Assert.InRange(limited, 1, 198);
        Assert.Equal(200, (await admin.GetAsync("/v1/meters")).Status);
        var metrics = (await host.Operator.GetAsync("/metrics")).Body;
        Assert.Contains("billing_gateway_limited_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("limit=\"requests\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_beyond_the_events_of_a_key_is_refused_whole_and_counts_once_when_it_is_sent_again()
    {
        using var home = await host.NewHomeAsync();
        using var key = await KeyAsync(home, """{ "scopes": ["ingest"], "limits": { "eventsPerSecond": 2 } }""");
        Assert.Equal(200, (await ReportAsync(key, "a", 4)).Status);
        var refused = (await ReportAsync(key, "b", 3)).IsProblem(429, "limit.events_per_second");
        Assert.Contains("2 events a second", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("4", Quantity(await home.GetAsync("/v1/customers/c-1/bill")));
        await Task.Delay(refused.Headers.RetryAfter!.Delta!.Value);
        Assert.Equal("3", (await ReportAsync(key, "b", 3)).Text("accepted"));
        Assert.Equal("7", Quantity(await home.GetAsync("/v1/customers/c-1/bill")));
    }

    [Fact]
    public async Task Over_gRPC_a_single_batch_is_refused_with_the_wait_and_a_stream_is_slowed_down_and_loses_nothing()
    {
        using var home = await host.NewHomeAsync();
        using var single = await KeyAsync(home, """{ "scopes": ["ingest"], "limits": { "eventsPerSecond": 1 } }""");
        await Usage.ReportAsync(Batch("single", 2), Metadata(single));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Usage.ReportAsync(Batch("more", 1), Metadata(single)));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.StartsWith("limit.events_per_second: ", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("2000", refused.Trailers.GetValue("grpc-retry-pushback-ms"));

        using var often = await KeyAsync(home, """{ "scopes": ["ingest"], "limits": { "requestsPerSecond": 1 } }""");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Record.ExceptionAsync(async () =>
            await Usage.ReportAsync(new() { BatchId = $"{i}" }, Metadata(often)))));
        var tooOften = outcomes.OfType<RpcException>().ToList();
        Assert.NotEmpty(tooOften);
        Assert.All(tooOften, one => Assert.Equal(
            (StatusCode.ResourceExhausted, "1000"), (one.StatusCode, one.Trailers.GetValue("grpc-retry-pushback-ms"))));

        using var streaming = await KeyAsync(home, """{ "scopes": ["ingest"], "limits": { "eventsPerSecond": 20 } }""");
        using var stream = Usage.Stream(Metadata(streaming));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 4; i++)
        {
            await stream.RequestStream.WriteAsync(Batch($"stream{i}", 20));
        }
        await stream.RequestStream.CompleteAsync();
        var accepted = 0;
        while (await stream.ResponseStream.MoveNext(default))
        {
            accepted += (int)stream.ResponseStream.Current.Counts.Accepted;
        }
        // 80 events: a second's worth at once, the next with the first event of it, the last two a second each.
        Assert.Equal(80, accepted);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task A_tenant_with_all_the_heavy_calls_it_may_have_does_not_keep_another_from_one()
    {
        using var noisy = await host.NewTenantAsync();
        using var quiet = await host.NewTenantAsync();
        using var give = new CancellationTokenSource();
        var held = Enumerable.Range(0, 12).Select(_ => HoldAsync(noisy, give.Token)).ToList();
        var deadline = Stopwatch.GetTimestamp();
        Answer refused;
        while ((refused = await noisy.PostAsync("/v1/audit", "{}")).Status != 429)
        {
            Assert.True(Stopwatch.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
        refused.IsProblem(429, "limit.heavy_calls_at_once");
        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        Assert.Equal(200, (await quiet.PostAsync("/v1/audit", "{}")).Status);
        Assert.Equal(200, (await noisy.GetAsync("/v1/meters")).Status);
        await give.CancelAsync();
        await Task.WhenAll(held);
        while ((await noisy.PostAsync("/v1/audit", "{}")).Status != 200)
        {
            Assert.True(Stopwatch.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Limits_stay_with_a_key_and_its_successor_and_only_operators_go_beyond_them()
    {
        using var admin = await host.NewTenantAsync();
        var made = await admin.CreateAsync(
            "/v1/keys", """{ "scopes": ["admin"], "limits": { "requestsPerSecond": 100, "eventsPerSecond": 7 } }""");
        Assert.Equal(("100", "7"), (made.Text("limits/requestsPerSecond"), made.Text("limits/eventsPerSecond")));
        using var limited = new Caller(host.Silo.Client(made.Text("key")), made.Text("key"));
        Assert.Equal("7", (await limited.CreateAsync("/v1/keys", """{ "scopes": ["ingest"] }""")).Text("limits/eventsPerSecond"));
        (await limited.PostAsync("/v1/keys", """{ "scopes": ["ingest"], "limits": { "eventsPerSecond": 8 } }"""))
            .IsProblem(422, "key.limit_too_high", "/limits/eventsPerSecond");
        (await admin.PostAsync("/v1/keys", """{ "scopes": ["ingest"], "limits": { "requestsPerSecond": 10001 } }"""))
            .IsProblem(422, "key.limit_too_high", "/limits/requestsPerSecond");
        (await admin.PostAsync("/v1/keys", """{ "scopes": ["ingest"], "limits": { "eventsPerSecond": 0 } }"""))
            .IsProblem(422, "key.limit_invalid", "/limits/eventsPerSecond");
        Assert.Equal("7", (await admin.CreateAsync($"/v1/keys/{made.Text("id")}/rotate", "")).Text("limits/eventsPerSecond"));
        var wide = await host.Operator.CreateAsync(
            $"/v1/tenants/{made.Text("tenant")}/keys", """{ "scopes": ["ingest"], "limits": { "requestsPerSecond": 20000 } }""");
        Assert.Equal("20000", wide.Text("limits/requestsPerSecond"));
        Assert.Null((await admin.CreateAsync("/v1/keys", """{ "scopes": ["read"] }""")).TextOrNull("limits"));
    }

    private async Task<Caller> KeyAsync(Caller admin, string body)
    {
        var key = (await admin.CreateAsync("/v1/keys", body)).Text("key");
        return new(host.Silo.Client(key), key);
    }

    private static Task<Answer> ReportAsync(Caller key, string name, int events) => key.PostAsync("/v1/events", $$"""
        { "events": [ {{string.Join(',', Enumerable.Range(0, events).Select(i => $$"""
            { "id": "{{name}}-{{i}}", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": 1 }
            """))}} ] }
        """);

    private static string Quantity(Answer bill) => bill.Json.GetProperty("lines").EnumerateArray()
        .Single(line => line.GetProperty("chargeId").GetString() == "energy").GetProperty("quantity").GetString()!;

    private static ReportRequest Batch(string name, int events)
    {
        var batch = new ReportRequest { BatchId = name };
        batch.Events.AddRange(Enumerable.Range(0, events).Select(i => new UsageEvent
        {
            Id = $"{name}-{i}",
            Device = "meter-17",
            Meter = "energy",
            Time = new() { Seconds = 1_338_624_000 },
            Value = "1",
        }));
        return batch;
    }

    private static Metadata Metadata(Caller caller) => new() { { "authorization", $"Bearer {caller.Key}" } };

    /// <summary>A heavy call whose body does not come.</summary>
    private static async Task HoldAsync(Caller caller, CancellationToken give)
    {
        // One that is refused while a probe has a place, or is given up by the server, comes again.
        while (!give.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audit") { Content = new EndlessBody(give) };
            await Record.ExceptionAsync(async () => (await caller.Http.SendAsync(request, give)).Dispose());
            await Record.ExceptionAsync(() => Task.Delay(20, give));
        }
    }

    private sealed class EndlessBody : HttpContent
    {
        private readonly CancellationToken _give;

        public EndlessBody(CancellationToken give)
        {
            _give = give;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // Fast enough for the server not to give it up; and a connection that it closes is noticed.
            for (var part = Encoding.UTF8.GetBytes("{"); ; part = Encoding.UTF8.GetBytes(new string(' ', 100)))
            {
                await stream.WriteAsync(part, _give);
                await stream.FlushAsync(_give);
                await Task.Delay(100, _give);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
