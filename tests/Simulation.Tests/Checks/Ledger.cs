using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Checks;

/// <summary>
/// Watches what becomes durable, at the moment it does. Belongs to the checker: no part of the cluster sees it.
/// </summary>
internal sealed class Ledger(int partitions, Timeline timeline, Findings findings)
{
    private readonly Dictionary<(int Partition, int Device, string Id), List<LedgerEntry>> _entries = [];
    private readonly long[] _epochs = new long[partitions];
    private readonly long[] _takenAt = new long[partitions];
    private readonly long[] _lastLsns = new long[partitions];

    /// <summary>Usage that became durable, by identity; more than one entry is one too many.</summary>
    public IReadOnlyDictionary<(int Partition, int Device, string Id), List<LedgerEntry>> Entries => _entries;

    public void Taken(int partition, long epoch)
    {
        if (epoch <= _epochs[partition])
        {
            findings.Add("epoch", $"partition {partition} was taken with epoch {epoch} after {_epochs[partition]}");
        }
        _epochs[partition] = epoch;
        _takenAt[partition] = timeline.Now;
    }

    /// <summary>A turn of an owner: one whose epoch is over may go on for as long as its lease, no longer.</summary>
    public void Turn(int partition, long epoch)
    {
        var over = TimeSpan.FromTicks(timeline.Now - _takenAt[partition]);
        if (epoch < _epochs[partition] && over > SimulatedSilo.ConfirmedFor)
        {
            findings.Add("stale", $"epoch {epoch} of partition {partition} still answers, {over} after epoch {_epochs[partition]} was taken");
        }
    }

    public void Written(SegmentWrite segment)
    {
        var header = segment.Header;
        if (header.Epoch < _epochs[header.Partition])
        {
            findings.Add("fence", $"epoch {header.Epoch} wrote {header.Partition}:{header.FirstLsn} after epoch "
                + $"{_epochs[header.Partition]} was taken");
        }
        _epochs[header.Partition] = Math.Max(_epochs[header.Partition], header.Epoch);
        if (header.FirstLsn != _lastLsns[header.Partition] + 1)
        {
            findings.Add("sequence", $"{header.Partition}:{header.FirstLsn} was written after {_lastLsns[header.Partition]}");
        }
        _lastLsns[header.Partition] = header.LastLsn;
        foreach (var record in SegmentCodec.Decode(segment.Encoded, header.Partition, header.FirstLsn, header.LastLsn))
        {
            if (UsageRecordCodec.IsUsage(record.Bytes.Span))
            {
                Add(header.Partition, record.Lsn, UsageRecordCodec.Read(record.Bytes.Span));
            }
        }
    }

    public void SnapshotSaved(Snapshot snapshot, long lastLsn)
    {
        if (snapshot.Lsn > lastLsn)
        {
            findings.Add("snapshot", $"a snapshot of partition {snapshot.Partition} at {snapshot.Lsn} was saved, its log ends at {lastLsn}");
        }
    }

    /// <summary>Whether the event is durable with that value, whatever else is.</summary>
    public bool Holds(int partition, int device, string id, decimal value) =>
        _entries.TryGetValue((partition, device, id), out var entries) && entries.Exists(e => e.Value == value);

    /// <summary>Whether the event is durable with another value.</summary>
    public bool HoldsOther(int partition, int device, string id, decimal value) =>
        _entries.TryGetValue((partition, device, id), out var entries) && entries.Exists(e => e.Value != value);

    private void Add(int partition, long lsn, in UsageRecord record)
    {
        var key = (partition, record.Device, record.EventId);
        if (!_entries.TryGetValue(key, out var entries))
        {
            _entries[key] = entries = [];
        }
        entries.Add(new(lsn, record.Value));
    }
}
