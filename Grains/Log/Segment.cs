namespace OrleansBilling.Grains.Log;

/// <summary>A segment read back and verified; enumerate it for its records in LSN order.</summary>
public sealed class Segment
{
    private readonly ReadOnlyMemory<byte> _payload;

    internal Segment(SegmentHeader header, ReadOnlyMemory<byte> payload)
    {
        Header = header;
        _payload = payload;
    }

    /// <summary>What the segment holds.</summary>
    public SegmentHeader Header { get; }

    /// <summary>Enumerates without allocating: <c>foreach (var record in segment)</c>.</summary>
    public SegmentEnumerator GetEnumerator() => new(Header.FirstLsn, _payload);
}
