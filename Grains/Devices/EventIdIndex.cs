using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Which (device, event id) pairs a partition has accepted, with a hash of their content, in the order they came. Exact
/// up to a collision of 128-bit hashes; 30 to 35 bytes an event.
/// </summary>
internal sealed class EventIdIndex
{
    // Entries lie in chunks that never move; slots hold an entry's number plus one, 0 is free. The ids are hashes
    // already: an id's low bits choose its table, and those above them its slot there.
    private const int ChunkBits = 11;
    private const int ChunkMask = ChunkEntries - 1;

    public const int ChunkEntries = 1 << ChunkBits;

    // A table doubles within one turn. A single one would hold up a partition of 30 million ids for a second; each of these, for
    // milliseconds.
    private const int TableBits = 8;
    private const int FewestSlots = 16;

    private readonly List<Entry[]> _chunks = [];
    private readonly Table[] _tables = new Table[1 << TableBits];

    public int Count { get; private set; }

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
        var normalized = WithoutTrailingZeros(value);
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

    /// <summary>
    /// The same number in its shortest form: what dividing by 1.000… gives, several times faster for nearly all values.
    /// Hashes of it are stored, so it must never come out differently.
    /// </summary>
    public static decimal WithoutTrailingZeros(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var (low, scale) = (unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]), bits[3] >> 16);
        if (bits[2] != 0 || low == 0 || bits[3] < 0)
        {
            return value / 1.0000000000000000000000000000m;
        }
        while (scale > 0 && low % 10 == 0)
        {
            low /= 10;
            scale--;
        }
        return new(unchecked((int)low), unchecked((int)(low >> 32)), 0, false, (byte)scale);
    }

    public bool TryGet(UInt128 id, out ulong content)
    {
        var slots = _tables[TableOf(id)].Slots;
        var number = slots is null ? 0 : slots[SlotOf(slots, id)];
        content = number == 0 ? 0 : At(number).Content;
        return number != 0;
    }

    /// <summary>Remembers an id; known already, it has this content from now on.</summary>
    public void Add(UInt128 id, ulong content)
    {
        ref var table = ref _tables[TableOf(id)];
        var slots = table.Slots ??= new int[FewestSlots];
        var slot = SlotOf(slots, id);
        if (slots[slot] is var known && known != 0)
        {
            At(known).Content = content;
            return;
        }
        if ((Count & ChunkMask) == 0)
        {
            _chunks.Add(new Entry[ChunkEntries]);
        }
        Count++;
        At(Count) = new(id, content);
        slots[slot] = Count;
        table.Count++;
        if (table.Count * 4L > slots.Length * 3L)
        {
            table.Slots = Doubled(slots);
        }
    }

    /// <summary>
    /// What is in it now, to be told outside the turn that asks: an entry never moves, and only its content may be another one by
    /// then. Whatever changed that is in the log behind the snapshot, and replaying it changes it again.
    /// </summary>
    public EventIdCopy Copy() => new([.. _chunks], Count);

    /// <summary>Content hash of an event as it was sent.</summary>
    public static ulong ContentOf(int meter, in UsageEvent e) => ContentOf(meter, e.UnixTicks, e.Value, e.Unit, e.Dimensions);

    private ref Entry At(int number) => ref _chunks[(number - 1) >> ChunkBits][(number - 1) & ChunkMask];

    private static int TableOf(UInt128 id) => unchecked((int)((ulong)id & ((1 << TableBits) - 1)));

    /// <summary>The slot that has the id, or the free one where it belongs.</summary>
    private int SlotOf(int[] slots, UInt128 id)
    {
        var mask = slots.Length - 1;
        var slot = unchecked((int)(uint)((ulong)id >> TableBits)) & mask;
        while (slots[slot] != 0 && At(slots[slot]).Id != id)
        {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int[] Doubled(int[] slots)
    {
        var more = new int[slots.Length * 2];
        foreach (var number in slots)
        {
            if (number != 0)
            {
                more[SlotOf(more, At(number).Id)] = number;
            }
        }
        return more;
    }

    private struct Table
    {
        /// <summary>Null while it is empty.</summary>
        public int[]? Slots;

        public int Count;
    }

    /// <summary>Two halves instead of a UInt128, which would be aligned to 16 bytes and take 32 with its content.</summary>
    internal struct Entry(UInt128 id, ulong content)
    {
        private readonly ulong _high = (ulong)(id >> 64);
        private readonly ulong _low = unchecked((ulong)id);

        public ulong Content = content;

        public readonly UInt128 Id => new(_high, _low);

        public readonly void Write(ByteWriter writer)
        {
            writer.UInt64(_high);
            writer.UInt64(_low);
            writer.UInt64(Content);
        }
    }
}
