namespace OrleansBilling.Grains.Log;

/// <summary>
/// Frames the records of a segment of format 2: each as the number of bytes that it shares with the beginning of the record before
/// it, the number of those that follow, and those. What neighbours have in common, such as when they came, is stored once.
/// </summary>
/// <remarks>One for each segment that is being filled; not thread-safe.</remarks>
internal sealed class FrontCoding
{
    /// <summary>Bytes in front of a record, at most.</summary>
    public const int MostFraming = 2 * Varint.MaxBytes;

    /// <summary>More is not looked for, so that a large record costs no copy.</summary>
    public const int MostShared = 1024;

    private readonly byte[] _last = new byte[MostShared];
    private int _lastLength;

    /// <summary>Begins a segment: its first record has nobody to share with.</summary>
    public void Start() => _lastLength = 0;

    /// <param name="target">Has room for <see cref="MostFraming"/> bytes and the record.</param>
    /// <returns>How many bytes were written.</returns>
    public int Write(Span<byte> target, ReadOnlySpan<byte> record)
    {
        var shared = record.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        var rest = record[shared..];
        var length = Varint.Write(target, shared);
        length += Varint.Write(target[length..], rest.Length);
        rest.CopyTo(target[length..]);
        _lastLength = Math.Min(record.Length, MostShared);
        record[shared.._lastLength].CopyTo(_last.AsSpan(shared));
        return length + rest.Length;
    }

    /// <summary>Makes whole records of a payload: each as its varint length and its bytes, as format 1 has them.</summary>
    /// <param name="recordCount">As the header says.</param>
    /// <param name="problem">What is wrong with the payload; null when nothing is.</param>
    public static byte[] Expand(ReadOnlySpan<byte> payload, int recordCount, out string? problem)
    {
        var whole = new byte[ExpandedLength(payload, recordCount, out problem)];
        var (at, last) = (0, 0..0);
        while (problem is null && !payload.IsEmpty)
        {
            _ = TryReadFraming(ref payload, out var shared, out var rest);
            at += Varint.Write(whole.AsSpan(at), shared + rest);
            whole.AsSpan(last)[..shared].CopyTo(whole.AsSpan(at));
            payload[..rest].CopyTo(whole.AsSpan(at + shared));
            payload = payload[rest..];
            last = at..(at + shared + rest);
            at = last.End.Value;
        }
        return whole;
    }

    // The checksum has passed, so this finds our own mistakes rather than the disk's.
    private static int ExpandedLength(ReadOnlySpan<byte> payload, int recordCount, out string? problem)
    {
        var (total, found, last) = (0L, 0, 0L);
        while (!payload.IsEmpty)
        {
            if (!TryReadFraming(ref payload, out var shared, out var rest) || rest > payload.Length || shared > last)
            {
                problem = $"record {found + 1} of {recordCount} leaves the payload";
                return 0;
            }
            payload = payload[rest..];
            last = (long)shared + rest;
            total += last <= int.MaxValue ? Varint.SizeOf((int)last) + last : last;
            found++;
        }
        problem = found != recordCount || found == 0 ? $"it holds {found} records where its header says {recordCount}"
            : total > Array.MaxLength ? $"its records have {total} bytes, more than fit into memory"
            : null;
        return problem is null ? (int)total : 0;
    }

    private static bool TryReadFraming(ref ReadOnlySpan<byte> payload, out int shared, out int rest)
    {
        rest = 0;
        if (!Varint.TryRead(payload, out shared, out var first) || !Varint.TryRead(payload[first..], out rest, out var second))
        {
            return false;
        }
        payload = payload[(first + second)..];
        return true;
    }
}
