using System.IO.Hashing;
using System.Text;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// Gives one string for equal UTF-8 texts that come again and again: ids of devices and meters, units, dimensions. A
/// slot per hash; a newer text takes the slot. Any number of threads may use it: a slot has a whole string or none, and what is found is compared.
/// </summary>
internal sealed class StringCache
{
    private const int Slots = 16_384;
    private const int LongestKept = 64;
    private readonly string?[] _texts = new string?[Slots];
    private readonly string?[] _ids = new string?[Slots];

    /// <summary>The text as a string.</summary>
    public string Text(ReadOnlySpan<byte> utf8) =>
        Find(_texts, utf8, out var slot) ?? Keep(_texts, slot, Encoding.UTF8.GetString(utf8));

    /// <summary>The text as a string when it is a valid id, else null; a kept id is not checked again.</summary>
    public string? Id(ReadOnlySpan<byte> utf8)
    {
        if (Find(_ids, utf8, out var slot) is { } known)
        {
            return known;
        }
        var id = utf8.Length > EntityId.MaxLength * 3 ? null : Encoding.UTF8.GetString(utf8);
        return EntityId.IsValid(id) ? Keep(_ids, slot, id!) : null;
    }

    private static string? Find(string?[] slots, ReadOnlySpan<byte> utf8, out int slot)
    {
        slot = -1;
        if (utf8.Length is 0 or > LongestKept)
        {
            return null;
        }
        slot = (int)(XxHash3.HashToUInt64(utf8) & (Slots - 1));
        return slots[slot] is { } kept && Ascii.Equals(utf8, kept) ? kept : null;
    }

    private static string Keep(string?[] slots, int slot, string text)
    {
        if (slot >= 0)
        {
            slots[slot] = text;
        }
        return text;
    }
}
