using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>A row of the segments table, not verified yet.</summary>
internal readonly record struct StoredSegment(long FirstLsn, long LastLsn, byte[] Encoded)
{
    public const string Columns = "first_lsn, last_lsn, encoded";

    /// <exception cref="LogCorruptException">A damaged row has values of other kinds.</exception>
    public static StoredSegment Read(SqliteDataReader reader, int partition, long expectedLsn) =>
        reader.GetValue(0) is long first && reader.GetValue(1) is long last && reader.GetValue(2) is byte[] encoded
            ? new(first, last, encoded)
            : throw new LogCorruptException(partition, expectedLsn, expectedLsn,
                "the row holds values of a wrong type");

    public Segment Decode(int partition) => SegmentCodec.Decode(Encoded, partition, FirstLsn, LastLsn);
}
