using OrleansBilling.Grains.Log;
using OrleansBilling.Simulation.Checks;

namespace OrleansBilling.Simulation.Storage;

/// <summary>
/// The durable data of the cluster. Each member is one transaction: it takes place as a whole, or not at all.
/// </summary>
internal sealed class StoreImage(int partitions, Mutation mutation, Ledger ledger)
{
    private readonly PartitionImage[] _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new PartitionImage())];

    public int PartitionCount => partitions;

    /// <summary>Puts what was there before the simulation began.</summary>
    public void Begin(SegmentWrite segment)
    {
        var image = _partitions[segment.Header.Partition];
        image.Epoch = segment.Header.Epoch;
        Add(image, segment);
    }

    public PartitionClaim Take(int partition)
    {
        var image = _partitions[partition];
        if (mutation != Mutation.LoadedWithoutNewEpoch)
        {
            image.Epoch++;
        }
        ledger.Taken(partition, image.Epoch);
        return new(partition, image.Epoch, image.LastLsn);
    }

    /// <param name="segments">In memory of their own.</param>
    public AppendOutcome[] Append(SegmentWrite[] segments) => Array.ConvertAll(segments, Append);

    public LogPosition Position(int partition)
    {
        var image = _partitions[partition];
        return new(image.Epoch, 1, image.LastLsn);
    }

    public long[] Epochs() => Array.ConvertAll(_partitions, p => p.Epoch);

    public SegmentWrite[] From(int partition, long lsn) =>
        [.. _partitions[partition].Segments.Where(s => s.Header.LastLsn >= lsn)];

    public Snapshot? LoadSnapshot(int partition) => _partitions[partition].Snapshot;

    public bool SaveSnapshot(Snapshot snapshot)
    {
        var image = _partitions[snapshot.Partition];
        if (image.Epoch != snapshot.Epoch || snapshot.Lsn < (image.Snapshot?.Lsn ?? 0))
        {
            return false;
        }
        ledger.SnapshotSaved(snapshot, image.LastLsn);
        image.Snapshot = snapshot;
        return true;
    }

    private AppendOutcome Append(SegmentWrite segment)
    {
        var image = _partitions[segment.Header.Partition];
        if (segment.Header.Epoch != image.Epoch && mutation != Mutation.EpochCheckSkipped)
        {
            return AppendOutcome.Fenced;
        }
        if (segment.Header.FirstLsn != image.LastLsn + 1)
        {
            return AppendOutcome.OutOfSequence;
        }
        Add(image, segment);
        return AppendOutcome.Written;
    }

    private void Add(PartitionImage image, SegmentWrite segment)
    {
        image.Segments.Add(segment);
        image.LastLsn = segment.Header.LastLsn;
        ledger.Written(segment);
    }
}
