using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Which (device, event id) pairs a partition has accepted, with a hash of their content. Exact up to a collision of
/// 128-bit
/// hashes; about 45 bytes an event.
/// </summary>
internal sealed class EventIdIndex
{
    private readonly Dictionary<UInt128, ulong> _seen = [];

    public int Count => _seen.Count;

    /// <summary>Hash of the identity of an event: its device's table number and its id.</summary>
    public static UInt128 IdOf(int device, string eventId)
    {
        Span<byte> buffer = stackalloc byte[4 + (3 * 512)];
        MemoryMarshal.Write(buffer, in device);
        if (eventId.Length <= 512)
        {
            var length = 4 + Encoding.UTF8.GetBytes(eventId, buffer[4..]);
            return XxHash128.HashToUInt128(buffer[..length]);
        }
        byte[] big = [.. buffer[..4], .. Encoding.UTF8.GetBytes(eventId)];
        return XxHash128.HashToUInt128(big);
    }

    /// <summary>
    /// Hash of all that must be the same in a repeat; 2.50 and 2.5 are the same, and so is any order of dimensions.
    /// </summary>
    public static ulong ContentOf(int meter, long unixTicks, decimal value, string? unit, KeyValuePair<string, string>[]? dimensions)
    {
        Span<byte> buffer = stackalloc byte[32];
        var normalized = value / 1.0000000000000000000000000000m;
        MemoryMarshal.Write(buffer, in meter);
        MemoryMarshal.Write(buffer[4..], in unixTicks);
        MemoryMarshal.Write(buffer[12..], in normalized);
        var hash = XxHash3.HashToUInt64(buffer[..28]);
        if (unit is not null)
        {
            hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(unit), unchecked((long)hash));
        }
        if (dimensions is { Length: > 0 })
        {
            ulong sum = 0;
            foreach (var (name, text) in dimensions)
            {
                var named = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name), 1);
                sum = unchecked(sum + XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text), unchecked((long)named)));
            }
            hash = unchecked((hash * 31) + sum);
        }
        return hash;
    }

    public bool TryGet(UInt128 id, out ulong content) => _seen.TryGetValue(id, out content);

    public void Add(UInt128 id, ulong content) => _seen[id] = content;

    /// <summary>All entries, for snapshots.</summary>
    public IEnumerable<KeyValuePair<UInt128, ulong>> Entries => _seen;

    /// <summary>Content hash of an event as it was sent.</summary>
    public static ulong ContentOf(int meter, in UsageEvent e) => ContentOf(meter, e.UnixTicks, e.Value, e.Unit, e.Dimensions);
}
