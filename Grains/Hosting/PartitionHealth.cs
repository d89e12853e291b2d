using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Hosting;

/// <summary>Whether this silo serves what belongs to it.</summary>
public sealed class PartitionHealth
{
    private readonly PartitionHost _host;
    private readonly ClusterView _cluster;

    internal PartitionHealth(PartitionHost host, ClusterView cluster)
    {
        _host = host;
        _cluster = cluster;
    }

    /// <summary>Null when the silo is a member and each of its partitions is loaded; else what is missing.</summary>
    public string? Missing()
    {
        if (!_cluster.IsMember)
        {
            return "The silo has not joined the cluster, or is leaving it.";
        }
        var own = Enumerable.Range(0, _host.PartitionCount).Where(_cluster.Owns).ToArray();
        var missing = own.Count(p => _host.Find(p) is null);
        return missing == 0 ? null : $"{missing} of the silo's {own.Length} partitions are not loaded yet.";
    }
}
