using OrleansBilling.Grains.Log;

namespace OrleansBilling.Simulation.Storage;

/// <summary>What is durable of one partition.</summary>
internal sealed class PartitionImage
{
    public long Epoch { get; set; }

    public long LastLsn { get; set; }

    public List<SegmentWrite> Segments { get; } = [];

    public Snapshot? Snapshot { get; set; }
}
