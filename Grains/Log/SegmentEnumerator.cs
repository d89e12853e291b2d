namespace OrleansBilling.Grains.Log;

/// <summary>Walks the records of a verified segment.</summary>
public struct SegmentEnumerator
{
    private ReadOnlyMemory<byte> _rest;
    private long _nextLsn;

    internal SegmentEnumerator(long firstLsn, ReadOnlyMemory<byte> payload)
    {
        _nextLsn = firstLsn;
        _rest = payload;
    }

    /// <summary>The record reached by the last <see cref="MoveNext"/>.</summary>
    public LogRecord Current { get; private set; }

    /// <summary>Goes to the next record; false after the last one.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }
        // The framing was verified when the segment was decoded.
        _ = Varint.TryRead(_rest.Span, out var length, out var prefix);
        Current = new(_nextLsn++, _rest.Slice(prefix, length));
        _rest = _rest[(prefix + length)..];
        return true;
    }
}
