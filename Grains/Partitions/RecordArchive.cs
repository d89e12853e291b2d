using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Facts that are in no memory, read from a partition's log by their positions.</summary>
internal static class RecordArchive
{
    /// <summary>Reading over so many records is cheaper than asking the store anew.</summary>
    private const int Close = 2_000;

    /// <summary>The facts at these positions, which are durable.</summary>
    /// <param name="positions">In ascending order.</param>
    /// <exception cref="InvalidDataException">One is not there.</exception>
    public static async Task<T[]> Read<T>(
        IPartitionStore store, int partition, IReadOnlyList<long> positions, CancellationToken ct)
    {
        var facts = new List<T>(positions.Count);
        while (facts.Count < positions.Count)
        {
            var before = facts.Count;
            await foreach (var segment in store.ReadAsync(partition, positions[before], ct))
            {
                Take(segment, positions, facts);
                if (facts.Count == positions.Count || positions[facts.Count] - segment.Header.LastLsn > Close)
                {
                    break;
                }
            }
            if (facts.Count == before)
            {
                throw new InvalidDataException(
                    $"Position {positions[before]} of partition {partition} is not in the archive.");
            }
        }
        return [.. facts];
    }

    private static void Take<T>(Segment segment, IReadOnlyList<long> positions, List<T> facts)
    {
        foreach (var record in segment)
        {
            if (facts.Count < positions.Count && record.Lsn == positions[facts.Count])
            {
                facts.Add((T)RareRecordCodec.Decode(record.Bytes.Span));
            }
        }
    }
}
