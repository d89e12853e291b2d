using OrleansBilling.Cluster.Tests.Chaos;
using OrleansBilling.Cluster.Tests.Chaos.Checking;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>Real clusters: PostgreSQL, silos and gateways as processes of their own.</summary>
public sealed class ClusterTests(ITestOutputHelper output) : IDisposable
{
    private const int Partitions = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Everything_killed_right_after_an_acknowledgement_and_started_elsewhere_bills_that_event()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await StartAsync(silos: 2, gateways: 1, journal, new GatewayList());
        var gateway = cluster.Gateways[0];
        using var server = new BillingClient(gateway.Address.Http, ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "killed", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "kWh");
        await tenant.PlanAsync("""
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"u","name":"U","meter":"m","model":"perUnit","unitPrice":"2"}]}
            """);
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("d", "c");
        var answer = await tenant.SendAsync(
            new { id = "e", device = "d", meter = "m", time = "2026-01-15T00:00:00Z", value = "3.21" });
        await Task.WhenAll(cluster.Nodes.Select(node => node.KillAsync()));
        Assert.Equal(["accepted"], answer);

        gateway.Move();
        foreach (var silo in cluster.Silos)
        {
            await silo.MoveAsync();
        }

        await cluster.HealAsync(silos: 2);
        await cluster.ReadyAsync();
        using var elsewhere = tenant.At(gateway.Address.Http);
        Assert.Equal(6.42m, BillComparison.Number(await elsewhere.BillAsync("c"), "total"));
        await elsewhere.AdvanceAsync("2026-02-02T00:00:00Z");
        var invoice = Assert.Single(await elsewhere.InvoicesAsync("c"));
        Assert.Equal(6.42m, BillComparison.Number(invoice, "total"));
    }

    [Fact]
    public async Task A_portal_token_works_at_every_gateway_and_after_all_processes_were_replaced_and_not_without_its_key()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await StartAsync(silos: 1, gateways: 2, journal, new GatewayList());
        using var server = new BillingClient(cluster.Gateways[0].Address.Http, ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "portal", "2026-01-20T00:00:00Z");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"b","kind":"recurring","model":"flat","amount":"5"}]}""");
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        var key = await tenant.PostAsync("v1/keys", new { scopes = new[] { "read" } });
        using var backend = server.WithKey(key.GetProperty("key").GetString()!);
        var made = await backend.PostAsync("v1/portal-tokens", new System.Text.Json.Nodes.JsonObject { ["customer"] = "c", ["expiresIn"] = "P1D" }, default);
        var token = made.GetProperty("token").GetString()!;
        Assert.All(await StatusesAsync(cluster, token), status => Assert.Equal(200, status));

        await Task.WhenAll(cluster.Nodes.Select(node => node.KillAsync()));
        await cluster.HealAsync(silos: 1);
        await cluster.ReadyAsync();
        Assert.All(await StatusesAsync(cluster, token), status => Assert.Equal(200, status));

        await tenant.PostAsync($"v1/keys/{key.GetProperty("id").GetString()}/revoke", new { });
        await OrleansBilling.Tests.Support.Wait.UntilAsync(
            async () => (await StatusesAsync(cluster, token)).All(status => status == 401), "every gateway refuses the token", Limit);
    }

    [Fact]
    public async Task A_silo_killed_under_load_costs_clients_nothing_but_retries()
    {
        var path = Path.Combine(_directory.Path, "journal.jsonl");
        using var journal = new JournalWriter(path, TimeProvider.System);
        var addresses = new GatewayList();
        await using var cluster = await StartAsync(silos: 3, gateways: 2, journal, addresses);
        using var workload = new Workloads(addresses, new(Seed: 3, EventsPerSecond: 400, Partitions), journal, TimeProvider.System);
        using var limit = new CancellationTokenSource(Limit);
        await workload.SetUpAsync(ClusterUnderTest.OperatorKey, limit.Token);
        workload.Start();
        await SendMoreAsync(workload, 2_000);
        journal.Write(new FaultBegan(1, "KillSilo", "silo-1"));
        await cluster.Silos[1].KillAsync();
        await SendMoreAsync(workload, 2_000);
        await cluster.ReadyAsync();
        journal.Write(new FaultEnded(1));
        await workload.StopAsync(Limit);
        await workload.SettleAsync(Limit);
        journal.Flush();

        output.WriteLine(string.Join('\n', new PauseTable(Journal.Read(path), workload.Pauses.All).Lines()));
        output.WriteLine($"unclear answers: {string.Join(", ", workload.Answers.Unclear)}");
        Assert.All(workload.Answers.Unclear, answer => Assert.False(
            answer.Key.StartsWith("500", StringComparison.Ordinal) || answer.Key is "gRPC Internal" or "gRPC Unknown", answer.Key));
        var knowledge = Knowledge.Of(Journal.Read(path));
        foreach (var tenant in new[] { workload.Test, workload.Wall })
        {
            var published = await new PublishedReader(
                tenant.Id, workload.Reader(tenant), new Random(3), limit.Token).ReadAsync();
            Assert.Empty(Checker.Check(knowledge, [published]));
        }
    }

    [Fact]
    public async Task A_short_chaos_run_bills_every_acknowledged_event_once()
    {
        var options = new ChaosOptions { Duration = TimeSpan.FromSeconds(75), Seed = 20_261_122 };
        var result = await ChaosRun.RunAsync(options, TimeProvider.System, output.WriteLine);
        output.WriteLine(result.ToString());
        Assert.True(result.Passed, result.ToString());
    }

    private Task<ClusterUnderTest> StartAsync(int silos, int gateways, JournalWriter journal, GatewayList addresses) =>
        ClusterUnderTest.StartAsync(silos, gateways, Partitions, _directory.Path, journal, addresses);

    /// <summary>What each gateway answers to a token of the customer <c>c</c>.</summary>
    private static async Task<int[]> StatusesAsync(ClusterUnderTest cluster, string token) =>
        await Task.WhenAll(cluster.Gateways.Select(async gateway =>
        {
            using var http = new HttpClient { BaseAddress = gateway.Address.Http };
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var answer = await http.GetAsync("v1/customers/c/bill");
            return (int)answer.StatusCode;
        }));

    /// <summary>Waits until clients have had so many more new events counted.</summary>
    private static Task SendMoreAsync(Workloads workload, int events)
    {
        var enough = workload.Counts.Answers(EventAnswer.Accepted) + events;
        return OrleansBilling.Tests.Support.Wait.UntilAsync(
            () => workload.Counts.Answers(EventAnswer.Accepted) >= enough, $"{events} more events are accepted", Limit);
    }
}
