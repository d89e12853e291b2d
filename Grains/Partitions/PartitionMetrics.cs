using System.Diagnostics.Metrics;
using NodaTime;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Figures of the partitions this silo owns, meter <c>OrleansBilling.Partitions</c>; read when somebody asks.</summary>
internal sealed class PartitionMetrics : IDisposable
{
    private readonly Meter _meter = new("OrleansBilling.Partitions");
    private readonly PartitionHost _host;

    public PartitionMetrics(PartitionHost host)
    {
        _host = host;
        _meter.CreateObservableGauge("billing.partitions.owned", () => host.Owned.Count(), "{partition}", "Partitions owned");
        Gauge("billing.partition.position", "{record}", "Newest record of the log", (p, _) => p.Log.LastLsn);
        Gauge("billing.partition.waiting", "{record}", "Records not on disk yet", (p, _) => p.Log.LastLsn - p.Log.DurableLsn);
        Gauge("billing.partition.unsnapshotted", "{record}", "Records a restart replays", (p, _) => p.Log.LastLsn - p.SnapshotLsn);
        Gauge("billing.partition.devices", "{device}", "Devices registered", (_, s) => s.Devices.Devices.Count);
        Gauge("billing.partition.subscriptions", "{subscription}", "Subscriptions owned", (_, s) => s.Subscriptions.Count);
        Gauge("billing.partition.customers", "{customer}", "Customers owned", (_, s) => s.Customers.Count);
        Gauge("billing.partition.event_ids", "{event}", "Event ids remembered", (_, s) => s.Devices.EventIds.Count);
        Gauge("billing.partition.quarantined", "{event}", "Events in quarantine", (_, s) => s.Devices.Quarantined.Count);
        Gauge("billing.partition.seal_lag", "s", "Age of the oldest seal among tenants on the wall clock", SealLagSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string unit, string description, Func<Partition, PartitionState, long> read) =>
        _meter.CreateObservableGauge(name, () => _host.Owned.Select(p => Measure(p, read)), unit, description);

    private static Measurement<long> Measure(Partition partition, Func<Partition, PartitionState, long> read) => new(
        partition.Failure is null ? partition.Do(t => read(partition, t.State)) : 0,
        new KeyValuePair<string, object?>("partition", partition.Number));

    private static long SealLagSeconds(Partition partition, PartitionState state)
    {
        var now = Instant.FromDateTimeOffset(partition.Time.GetUtcNow());
        var oldest = state.Tenants.Where(t => t.TestNow is null).Select(t => t.SealedThrough + t.Grace).DefaultIfEmpty(now).Min();
        return (long)(now - oldest).TotalSeconds;
    }
}
