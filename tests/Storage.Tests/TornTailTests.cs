using CsCheck;
using OrleansBilling.Grains.Log.Sqlite;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>The end of the write-ahead log is lost or scrambled, as when the power fails before a sync.</summary>
public sealed class TornTailTests : IAsyncLifetime, IDisposable
{
    private const int BatchCount = 30;

    private readonly TempDirectory _directory = new();
    private byte[] _data = [];
    private byte[] _tail = [];

    public async Task InitializeAsync()
    {
        var path = _directory["whole.db"];
        await using var store = new SqlitePartitionStore(path, new() { CheckpointPages = 1_000_000 });
        await store.OpenAsync(2, CancellationToken.None);
        var (a, b) = (await store.TakeAsync(0), await store.TakeAsync(1));
        for (var batch = 1; batch <= BatchCount; batch++)
        {
            await store.AppendAsync(
                Stores.Segment(a, (batch * 2) - 1, $"a{batch}", new string('a', 500 * batch)),
                Stores.Segment(b, (batch * 2) - 1, $"b{batch}", new string('b', 100 * batch)));
        }
        // What a crash would leave: copied before the store closes in an orderly way.
        _data = await File.ReadAllBytesAsync(path);
        _tail = await File.ReadAllBytesAsync(path + "-wal");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_whole_tail_holds_every_batch()
    {
        Assert.Equal(BatchCount, await RecoverAsync("copy", _tail));
    }

    [Fact]
    public async Task A_truncated_tail_leaves_whole_batches_from_the_beginning()
    {
        var found = new List<(int Length, int Batches)>();
        await Gen.Int[0, _tail.Length - 1].SampleAsync(
            async length => found.Add((length, await RecoverAsync("cut", _tail[..length]))), iter: 60, threads: 1);

        // The more of the tail is left, the more batches are.
        var batches = found.OrderBy(one => one.Length).Select(one => one.Batches).ToList();
        Assert.Equal(batches.Order(), batches);
        Assert.True(batches[^1] > BatchCount / 2);
    }

    [Fact]
    public async Task A_scrambled_tail_leaves_whole_batches_from_the_beginning()
    {
        await Gen.Select(Gen.Int[0, _tail.Length - 1], Gen.Byte[1, 255]).SampleAsync(async (offset, mask) =>
        {
            var scrambled = _tail.Select((b, i) => i < offset ? b : (byte)(b ^ mask)).ToArray();
            Assert.InRange(await RecoverAsync("scrambled", scrambled), 0, BatchCount);
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task A_recovered_log_goes_on_with_the_next_lsn()
    {
        var batches = await RecoverAsync("goes-on", _tail[..(_tail.Length / 2)]);
        await using var store = new SqlitePartitionStore(_directory["goes-on.db"]);
        await store.OpenAsync(2, CancellationToken.None);
        var claim = await store.TakeAsync(0);

        Assert.Equal(batches * 2, claim.LastLsn);
        await store.AppendAsync(Stores.Segment(claim, claim.LastLsn + 1, "next"));
        Assert.Equal("next", (await store.RecordsAsync(0))[^1]);
    }

    /// <returns>The number of batches found, after checking that they are whole and the first ones.</returns>
    private async Task<int> RecoverAsync(string name, byte[] tail)
    {
        var path = _directory[name + ".db"];
        File.Delete(path + "-shm");
        await File.WriteAllBytesAsync(path, _data);
        await File.WriteAllBytesAsync(path + "-wal", tail);
        await using var store = new SqlitePartitionStore(path);
        await store.OpenAsync(2, CancellationToken.None);
        var (a, b) = (await store.RecordsAsync(0), await store.RecordsAsync(1));

        Assert.Equal(a.Count, b.Count);
        for (var batch = 1; batch <= a.Count / 2; batch++)
        {
            Assert.Equal([$"a{batch}", new string('a', 500 * batch)], a[((batch - 1) * 2)..(batch * 2)]);
            Assert.Equal([$"b{batch}", new string('b', 100 * batch)], b[((batch - 1) * 2)..(batch * 2)]);
        }
        return a.Count / 2;
    }
}
