namespace OrleansBilling.Grains.Log;

/// <summary>A row of a segments table, not verified yet.</summary>
internal readonly record struct StoredSegment(long FirstLsn, long LastLsn, byte[] Encoded)
{
    /// <summary>What a store selects, in this order.</summary>
    public const string Columns = "first_lsn, last_lsn, encoded";

    public Segment Decode(int partition) => SegmentCodec.Decode(Encoded, partition, FirstLsn, LastLsn);
}
