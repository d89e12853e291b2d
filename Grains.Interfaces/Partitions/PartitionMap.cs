using System.IO.Hashing;
using System.Text;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>
/// Which partition owns an entity. Stable for ever: the number of partitions is fixed at first start.
/// </summary>
public static class PartitionMap
{
    /// <summary>Kind byte and id are hashed with the tenant, each ended by a byte that UTF-8 never contains.</summary>
    public static int Of(EntityKind kind, string tenant, string id, int partitions)
    {
        Span<byte> buffer = stackalloc byte[1 + (3 * (40 + 128)) + 2];
        buffer[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(tenant, buffer[1..]);
        buffer[length++] = 0xFF;
        length += Encoding.UTF8.GetBytes(id, buffer[length..]);
        return (int)(XxHash3.HashToUInt64(buffer[..length]) % (ulong)partitions);
    }
}
