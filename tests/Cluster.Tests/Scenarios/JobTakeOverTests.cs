using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>A bulk job in a real cluster that loses a silo: PostgreSQL, silos and a gateway as processes of their own.</summary>
public sealed class JobTakeOverTests : IDisposable
{
    private const int Items = 20_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_job_goes_on_at_the_silos_that_are_left_and_each_item_has_one_true_result()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await ClusterUnderTest.StartAsync(
            silos: 2, gateways: 1, partitions: 12, _directory.Path, journal, new GatewayList());
        using var server = new BillingClient(
            cluster.Gateways[0].Address.Http, ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "jobs", "2026-01-20T00:00:00Z");
        await tenant.PlanAsync(
            """{"id":"p","currency":"EUR","charges":[{"id":"b","kind":"recurring","model":"flat","amount":"5"}]}""");
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await RepeatedAsync(tenant);
        await tenant.PostAsync("v1/jobs", new
        {
            id = "big", kind = "devices", items = Enumerable.Range(1, Items).Select(i => new { id = $"d-{i}", subscription = "c" }),
        });
        await Wait.UntilAsync(async () => await DoneAsync(tenant) > 0, "the job has begun", Limit);
        var killedAt = TimeProvider.System.GetUtcNow();
        await cluster.Silos[1].KillAsync();
        await Wait.UntilAsync(async () => await DoneAsync(tenant) == Items, "the job is done", Limit);
        var job = await tenant.Client.GetAsync("v1/jobs/big", default);
        Assert.True(job.GetProperty("endedAt").GetDateTimeOffset() > killedAt, "the job was over before the silo was killed");

        var results = new List<JsonElement>();
        await foreach (var result in tenant.Client.ListAsync("v1/jobs/big/results", default))
        {
            results.Add(result);
        }
        Assert.Equal(Enumerable.Range(1, Items), results.Select(r => r.GetProperty("item").GetInt32()));
        Assert.All(results, r => Assert.Equal("registered", r.GetProperty("status").GetString()));
    }

    /// <summary>What calls with an idempotency key are remembered in is placed among several silos too.</summary>
    private static async Task RepeatedAsync(TestTenant tenant)
    {
        using var http = new HttpClient { BaseAddress = tenant.Client.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", tenant.Client.Key);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var answer = await http.PostAsJsonAsync("v1/meters", new { id = "m", unit = "kWh" });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    private static async Task<int> DoneAsync(TestTenant tenant) =>
        (await tenant.Client.GetAsync("v1/jobs/big", default)).GetProperty("done").GetInt32();
}
