using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>The lanes of the partitions that this process has. Changed by the poll thread, read by the metrics too.</summary>
internal sealed class LaneSet
{
    /// <summary>Bytes of all messages that wait here, shared evenly.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    private readonly ConcurrentDictionary<TopicPartition, PartitionLane> _lanes = [];

    /// <summary>All of them.</summary>
    public IEnumerable<PartitionLane> All => _lanes.Values;

    /// <summary>Bytes that one lane may hold.</summary>
    public long BytesEach => MaxBytes / Math.Max(1, _lanes.Count);

    /// <summary>The lane of a partition; null when the partition is not ours.</summary>
    public PartitionLane? Find(TopicPartition partition) => _lanes.GetValueOrDefault(partition);

    /// <summary>Adds a lane.</summary>
    public void Add(PartitionLane lane) => _lanes[lane.Partition] = lane;

    /// <summary>Takes lanes out; partitions without one are passed over.</summary>
    public List<PartitionLane> Take(IEnumerable<TopicPartition> partitions)
    {
        var taken = new List<PartitionLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.TryRemove(partition, out var lane))
            {
                taken.Add(lane);
            }
        }
        return taken;
    }

    /// <summary>The lag of each partition, where it is known.</summary>
    public IEnumerable<Measurement<long>> Lags() => _lanes.Values.Where(lane => lane.Lag is not null).Select(lane => new Measurement<long>(
        lane.Lag ?? 0, new("topic", lane.Partition.Topic), new("partition", lane.Partition.Partition.Value)));

    /// <summary>How many partitions are paused.</summary>
    public int Paused() => _lanes.Values.Count(lane => lane.IsPaused);
}
