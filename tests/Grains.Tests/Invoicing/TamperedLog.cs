using Microsoft.Data.Sqlite;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Somebody who knows the file format changes the database, with right checksums.</summary>
internal static class TamperedLog
{
    /// <summary>Puts other rare records in the place of those in the log; usage stays.</summary>
    /// <param name="change">The record to write instead; null where its bytes stay.</param>
    public static void Rewrite(string folder, Func<object, object?> change)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "billing.db")};Pooling=False");
        connection.Open();
        var changed = new List<(long Id, byte[] Encoded)>();
        using (var read = connection.CreateCommand())
        {
            read.CommandText = "SELECT id, partition, first_lsn, last_lsn, encoded FROM segments";
            using var rows = read.ExecuteReader();
            while (rows.Read())
            {
                var segment = SegmentCodec.Decode((byte[])rows[4], rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3));
                var records = new List<ReadOnlyMemory<byte>>();
                var differs = false;
                foreach (var record in segment)
                {
                    var other = UsageRecordCodec.IsUsage(record.Bytes.Span) ? null : change(RareRecordCodec.Decode(record.Bytes.Span));
                    differs |= other is not null;
                    records.Add(other is null ? record.Bytes.ToArray() : RareRecordCodec.Encode(other));
                }
                if (differs)
                {
                    changed.Add((rows.GetInt64(0), SegmentCodec.Encode(segment.Header, records).Encoded.ToArray()));
                }
            }
        }
        foreach (var (id, encoded) in changed)
        {
            using var write = connection.CreateCommand();
            write.CommandText = "UPDATE segments SET encoded = $encoded WHERE id = $id";
            write.Parameters.AddWithValue("$encoded", encoded);
            write.Parameters.AddWithValue("$id", id);
            Assert.Equal(1, write.ExecuteNonQuery());
        }
        Assert.NotEmpty(changed);
    }
}
