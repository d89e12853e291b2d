using System.Collections.Concurrent;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Shells that are active on this silo, by partition, so that they can follow a partition that moves.</summary>
internal sealed class ShellRegister
{
    private readonly ConcurrentDictionary<int, ConcurrentDictionary<PartitionShell, byte>> _shells = new();

    public void Add(PartitionShell shell) => _shells.GetOrAdd(shell.PartitionNumber, _ => new()).TryAdd(shell, 0);

    public void Remove(PartitionShell shell)
    {
        if (_shells.TryGetValue(shell.PartitionNumber, out var shells))
        {
            shells.TryRemove(shell, out _);
        }
    }

    /// <summary>Sends the partition's shells to where it is now.</summary>
    public void Follow(int partition)
    {
        if (_shells.TryGetValue(partition, out var shells))
        {
            foreach (var shell in shells.Keys)
            {
                ((IGrainBase)shell).MigrateOnIdle();
            }
        }
    }
}
