using OrleansBilling.Cluster.Tests.Chaos.Checking;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>A few seconds of the harness's clients on one embedded server that is killed meanwhile: what tests of the checker change.</summary>
public sealed class SmallRun : IAsyncLifetime, IDisposable
{
    private const int Kills = 3;
    private const int EmbeddedPartitions = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly TempDirectory _directory = new();

    /// <summary>The journal.</summary>
    internal IReadOnlyList<JournalEntry> Journal { get; private set; } = [];

    /// <summary>What the API showed at the end.</summary>
    internal IReadOnlyList<Published> Published { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var path = Path.Combine(_directory.Path, "journal.jsonl");
        using var journal = new JournalWriter(path, TimeProvider.System);
        await using var silo = await SiloProcess.StartNewAsync();
        var gateways = new GatewayList();
        gateways.Set(0, new(silo.Url, silo.GrpcUrl));
        var settings = new WorkloadSettings(Seed: 7, EventsPerSecond: 500, EmbeddedPartitions) { Probes = false };
        using var workload = new Workloads(gateways, settings, journal, TimeProvider.System);
        using var limit = new CancellationTokenSource(Limit);
        await workload.SetUpAsync(silo.Key, limit.Token);
        workload.Start();
        var random = new Random(settings.Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(1_000, 3_000));
            await silo.KillAsync();
            await silo.StartAsync();
        }

        await workload.StopAsync(Limit);
        await workload.SettleAsync(Limit);
        journal.Flush();
        Journal = [.. Journals.Journal.Read(path)];
        Published =
        [
            await ReadAsync(workload, workload.Test, limit.Token),
            await ReadAsync(workload, workload.Wall, limit.Token),
        ];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _directory.Dispose();

    private static Task<Published> ReadAsync(Workloads workload, TenantWorld tenant, CancellationToken cancel) =>
        new PublishedReader(tenant.Id, workload.Reader(tenant), new Random(1), cancel).ReadAsync();
}
