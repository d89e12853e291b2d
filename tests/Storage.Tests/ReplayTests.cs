using CsCheck;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public abstract class ReplayTests<TPlace> : LogFixture<TPlace>
    where TPlace : IStorePlace, new()
{
    private static readonly Gen<byte[]> Record = Gen.Frequency(
        (8, Gen.Byte.Array[0, 80]), (1, Gen.Byte.Array[127, 129]), (1, Gen.Byte.Array[5_000, 40_000]));

    private int _partition = -1;

    [Fact]
    public async Task Replay_equals_what_was_appended_for_any_batches()
    {
        await Record.Array[1, 30].Array[1, 8].SampleAsync(async batches =>
        {
            var log = await OpenAsync(Interlocked.Increment(ref _partition));
            foreach (var batch in batches)
            {
                var lsn = batch.Aggregate(0L, (_, record) => log.Append(record, 0));
                await log.DurableAsync(lsn);
            }
            return Same(batches.SelectMany(batch => batch), await ReplayAsync(log.Partition));
        }, iter: 100);
    }

    private async Task<List<byte[]>> ReplayAsync(int partition)
    {
        var records = new List<byte[]>();
        foreach (var segment in await Store.SegmentsAsync(partition))
        {
            foreach (var record in segment)
            {
                records.Add(record.Bytes.ToArray());
                Assert.Equal(records.Count, record.Lsn);
            }
        }
        return records;
    }

    private static bool Same(IEnumerable<byte[]> expected, List<byte[]> actual) =>
        expected.Zip(actual, (a, b) => a.AsSpan().SequenceEqual(b)).All(same => same)
        && expected.Count() == actual.Count;
}

public sealed class SqliteReplayTests : ReplayTests<SqlitePlace>;

public sealed class PostgresReplayTests : ReplayTests<PostgresPlace>;
