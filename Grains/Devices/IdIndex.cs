using System.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Finds the entries of a table by tenant and id: a hash table of the entries' numbers, 8 bytes a slot and three
/// eighths to three quarters full. The ids stay in the tenants' stores. Nothing is ever removed.
/// </summary>
/// <param name="table">Where the entries are; each is added here right after it was added there.</param>
internal sealed class IdIndex<T>(List<T> table) where T : class, ITenantEntity
{
    // A slot holds the entry's hash in its upper half and the entry's number plus one in its lower; 0 is free.
    private ulong[] _slots = new ulong[16];
    private int _count;

    /// <summary>The entry with an id, or null.</summary>
    public T? Find(TenantCopy tenant, string id)
    {
        Span<byte> buffer = id.Length <= EntityId.MaxLength ? stackalloc byte[3 * EntityId.MaxLength] : new byte[3 * id.Length];
        var text = buffer[..Encoding.UTF8.GetBytes(id, buffer)];
        var hash = Hash(tenant, text);
        for (var at = hash & Mask; _slots[at] != 0; at = (at + 1) & Mask)
        {
            if ((uint)(_slots[at] >> 32) == hash)
            {
                var entry = table[(int)(_slots[at] & uint.MaxValue) - 1];
                if (entry.Tenant == tenant && tenant.Ids.Bytes(entry.IdPlace).SequenceEqual(text))
                {
                    return entry;
                }
            }
        }
        return null;
    }

    /// <summary>Adds the newest entry of the table.</summary>
    public void AddNewest()
    {
        if (++_count * 4L > _slots.Length * 3L)
        {
            Grow();
        }
        var entry = table[^1];
        Put(((ulong)Hash(entry.Tenant, entry.Tenant.Ids.Bytes(entry.IdPlace)) << 32) | (uint)table.Count);
    }

    private uint Mask => (uint)_slots.Length - 1;

    /// <summary>Seeded differently in each process: callers choose the ids, and must not choose the slots.</summary>
    private static uint Hash(TenantCopy tenant, ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.Add(tenant);
        hash.AddBytes(id);
        return unchecked((uint)hash.ToHashCode());
    }

    private void Put(ulong slot)
    {
        var at = (uint)(slot >> 32) & Mask;
        while (_slots[at] != 0)
        {
            at = (at + 1) & Mask;
        }
        _slots[at] = slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot != 0)
            {
                Put(slot);
            }
        }
    }
}
