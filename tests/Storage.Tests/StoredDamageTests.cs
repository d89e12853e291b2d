using CsCheck;
using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>Damage to what is stored: it is found, named, and nothing of the damaged part is returned.</summary>
public abstract class StoredDamageTests<TPlace> : IAsyncLifetime
    where TPlace : IStorePlace, new()
{
    private const int PartitionCount = 2;
    private const int SegmentCount = 10;
    private const int RecordsASegment = 5;

    private readonly TPlace _place = new();
    private IPartitionStore _store = null!;

    public async Task InitializeAsync()
    {
        await _place.PrepareAsync();
        _store = _place.CreateStore();
        await _store.OpenAsync(PartitionCount, CancellationToken.None);
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            var claim = await _store.TakeAsync(partition);
            for (var i = 0; i < SegmentCount; i++)
            {
                var records = Enumerable.Range(0, RecordsASegment).Select(r => $"{partition}/{i}/{r}").ToArray();
                await _store.AppendAsync(Stores.Segment(claim, (i * RecordsASegment) + 1, records));
            }
            await _store.SaveAsync(claim, 20, "chunk zero", "chunk one", "chunk two");
        }
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_in_a_segment_is_named_and_only_what_came_before_is_read()
    {
        await Gen.Select(Gen.Int[0, SegmentCount - 1], Gen.Double[0, 0.999999]).SampleAsync(async (index, place) =>
        {
            var firstLsn = (index * RecordsASegment) + 1;
            await FlipAsync("segments", "encoded", $"partition = 0 AND first_lsn = {firstLsn}", place);

            var (records, error) = await ReadUntilErrorAsync(0);

            await FlipAsync("segments", "encoded", $"partition = 0 AND first_lsn = {firstLsn}", place);
            return error is { Partition: 0 } && error.FirstLsn == firstLsn
                && error.LastLsn == firstLsn + RecordsASegment - 1 && records.Count == firstLsn - 1;
        }, iter: 60, threads: 1);
        Assert.Equal(SegmentCount * RecordsASegment, (await _store.RecordsAsync(0)).Count);
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_in_a_snapshot_chunk_is_named_and_nothing_is_returned()
    {
        await Gen.Select(Gen.Int[0, 2], Gen.Double[0, 0.999999]).SampleAsync(async (index, place) =>
        {
            await FlipAsync("snapshot_chunks", "bytes", $"partition = 1 AND chunk_index = {index}", place);

            var error = await Assert.ThrowsAsync<LogCorruptException>(() => _store.SnapshotAsync(1));

            await FlipAsync("snapshot_chunks", "bytes", $"partition = 1 AND chunk_index = {index}", place);
            return error.Partition == 1 && error.LastLsn == 20
                && error.Message.Contains($"chunk {index}", StringComparison.Ordinal);
        }, iter: 40, threads: 1);
    }

    [Theory]
    [InlineData("DELETE FROM snapshot_chunks WHERE partition = 0 AND chunk_index = 2")]
    [InlineData("UPDATE snapshot_chunks SET chunk_index = chunk_index + 10 WHERE partition = 0 AND chunk_index = 0")]
    [InlineData("UPDATE snapshots SET lsn = 15 WHERE partition = 0")]
    [InlineData("UPDATE snapshots SET chunk_count = 2 WHERE partition = 0")]
    [InlineData("UPDATE snapshots SET crc = crc + 1 WHERE partition = 0")]
    [InlineData("UPDATE snapshot_chunks SET crc = crc + 1 WHERE partition = 0 AND chunk_index = 1")]
    public async Task A_snapshot_with_a_lost_swapped_or_altered_part_is_refused(string damage)
    {
        await _place.ExecuteAsync(damage);

        await Assert.ThrowsAsync<LogCorruptException>(() => _store.SnapshotAsync(0));
        Assert.NotNull(await _store.SnapshotAsync(1));
    }

    [Theory]
    [InlineData("DELETE FROM segments WHERE partition = 0 AND first_lsn = 21", 20)]
    [InlineData("DELETE FROM segments WHERE partition = 0 AND first_lsn = 1", 0)]
    [InlineData("DELETE FROM segments WHERE partition = 0 AND first_lsn = 46", 0)]
    [InlineData("DELETE FROM segments WHERE partition = 0", 0)]
    [InlineData("UPDATE partitions SET last_lsn = 45 WHERE partition = 0", 0)]
    [InlineData("UPDATE partitions SET last_lsn = 55 WHERE partition = 0", 0)]
    [InlineData("UPDATE segments SET last_lsn = 24 WHERE partition = 0 AND first_lsn = 21", 20)]
    [InlineData("UPDATE segments SET encoded = substr(encoded, 1, 0) WHERE partition = 0 AND first_lsn = 21", 20)]
    [InlineData("UPDATE segments SET encoded = (SELECT encoded FROM segments WHERE partition = 1 AND first_lsn = 21) " +
        "WHERE partition = 0 AND first_lsn = 21", 20)]
    public async Task A_lost_or_exchanged_segment_is_named_and_only_what_came_before_is_read(
        string damage, int readable)
    {
        await _place.ExecuteAsync(damage);

        var (records, error) = await ReadUntilErrorAsync(0);

        Assert.Equal(0, error!.Partition);
        Assert.Equal(readable, records.Count);
        Assert.Equal(SegmentCount * RecordsASegment, (await _store.RecordsAsync(1)).Count);
    }

    [Fact]
    public async Task An_owner_is_not_told_a_last_lsn_that_its_segments_deny()
    {
        await _place.ExecuteAsync("UPDATE partitions SET last_lsn = 45 WHERE partition = 0");

        await Assert.ThrowsAsync<LogCorruptException>(() => _store.TakeAsync(0));
    }

    private async Task<(List<string> Records, LogCorruptException? Error)> ReadUntilErrorAsync(int partition)
    {
        var records = new List<string>();
        try
        {
            await foreach (var segment in _store.ReadAsync(partition, 1, CancellationToken.None))
            {
                records.AddRange(segment.Records());
            }
            return (records, null);
        }
        catch (LogCorruptException error)
        {
            return (records, error);
        }
    }

    private async Task FlipAsync(string table, string column, string row, double place)
    {
        var bytes = await _place.ReadBytesAsync($"SELECT {column} FROM {table} WHERE {row}");
        var bit = (int)(place * bytes.Length * 8);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        await _place.WriteBytesAsync($"UPDATE {table} SET {column} = @bytes WHERE {row}", bytes);
    }
}

public sealed class SqliteStoredDamageTests : StoredDamageTests<SqlitePlace>;

public sealed class PostgresStoredDamageTests : StoredDamageTests<PostgresPlace>;
