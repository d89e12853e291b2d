using System.IO.Hashing;
using System.Text;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Rendezvous hashing: each (silo, partition) has a weight, the heaviest silo owns. A silo that leaves moves only its own
/// partitions, one that comes takes only what it will own. Silos count by name, so that one which restarts gets its own back.
/// </summary>
internal static class PartitionOwners
{
    /// <summary>The owner among silos that may own; null when there is none.</summary>
    public static SiloAddress? Of(int partition, IEnumerable<(SiloAddress Address, string Name)> silos)
    {
        (ulong Weight, SiloAddress Address)? heaviest = null;
        foreach (var (address, name) in silos)
        {
            var weight = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name), partition);
            if (heaviest is not { } other || weight > other.Weight
                || (weight == other.Weight && address.CompareTo(other.Address) > 0))
            {
                heaviest = (weight, address);
            }
        }
        return heaviest?.Address;
    }
}
