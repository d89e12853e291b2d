using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Devices;

/// <summary>Reads the records in which snapshots tell the ids of events.</summary>
internal static class StoredEventIds
{
    public static List<(UInt128 Id, ulong Content)> Of(EventIdIndex index)
    {
        List<(UInt128, ulong)> entries = [];
        foreach (var record in index.Copy().Records())
        {
            Assert.Equal((byte)RecordType.EventIds, record.Written[0]);
            var reader = new ByteReader(record.Written[1..]);
            for (var count = reader.Int32(); count > 0; count--)
            {
                entries.Add((new(reader.UInt64(), reader.UInt64()), reader.UInt64()));
            }
        }
        return entries;
    }
}
