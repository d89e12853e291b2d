namespace OrleansBilling.Grains.Log;

/// <summary>What opening a store found or made.</summary>
/// <param name="PartitionCount">Partitions are numbered from 0 below this.</param>
/// <param name="Created">Whether the opening created the store.</param>
public readonly record struct StoreLayout(int PartitionCount, bool Created)
{
    /// <summary>Partitions of a store that is created without a number; enough for one machine.</summary>
    public const int DefaultPartitionCount = 16;
}
