using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>A probe for each partition: sends usage to a device of it without end and notes when nobody answers.</summary>
internal sealed class Probes(TenantWorld tenant, int partitions, JournalWriter journal, TimeProvider time) : IDisposable
{
    /// <summary>Less is the rhythm of the probes themselves.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cutOff = new();
    private Task _running = Task.CompletedTask;

    public PauseRecorder Pauses { get; } = new(Shortest);

    /// <summary>A device of each partition.</summary>
    public string[] Devices { get; } = [.. Enumerable.Range(0, partitions).Select(p => DeviceOf(tenant.Id, p, partitions))];

    public void Start(ApiCaller caller)
    {
        var sender = new HttpUsageSender(caller);
        var counts = new WorkloadCounts();
        _running = Task.WhenAll(Devices.Select((device, partition) => Task.Run(() => new ProbeClient(
            partition, device, tenant, sender, journal, counts, Pauses, time).RunAsync(_stop.Token, _cutOff.Token))));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience, time);
    }

    public void Dispose()
    {
        _cutOff.Cancel();
        _cutOff.Dispose();
        _stop.Dispose();
    }

    private static string DeviceOf(string tenant, int partition, int partitions)
    {
        for (var number = 0; ; number++)
        {
            var device = $"probe-{partition}-{number}";
            if (PartitionMap.Of(EntityKind.Device, tenant, device, partitions) == partition)
            {
                return device;
            }
        }
    }
}
