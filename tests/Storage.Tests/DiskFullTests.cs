using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>SQLite really runs out of pages here, in the middle of a transaction.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_full_disk_fails_the_batch_clearly_and_leaves_nothing_of_it_and_later_writing_goes_on()
    {
        await using var store = new SqlitePartitionStore(_directory["billing.db"], new() { MaxPages = 60 });
        await store.OpenAsync(2, CancellationToken.None);
        await using var writer = new LogWriter(store, TimeProvider.System);
        var log = await OpenAsync(store, writer);

        var error = await Assert.ThrowsAsync<LogUnavailableException>(() => FillAsync(log));

        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.IsType<StoreFailedException>(error.InnerException);
        var durable = log.DurableLsn;
        Assert.InRange(durable, 5, log.LastLsn - 1);
        Assert.Equal(durable, (await store.RecordsAsync(0)).Count);

        await store.SetMaxPagesAsync(100_000);
        var reopened = await OpenAsync(store, writer);
        Assert.Equal(durable + 1, reopened.Append(new byte[20_000], 0));
        await reopened.DurableAsync(durable + 1);
        Assert.Equal(durable + 1, (await store.RecordsAsync(0)).Count);
    }

    [Fact]
    public async Task A_full_disk_keeps_the_previous_snapshot()
    {
        await using var store = new SqlitePartitionStore(_directory["billing.db"], new() { MaxPages = 60 });
        await store.OpenAsync(2, CancellationToken.None);
        var claim = await store.TakeAsync(0);
        await store.AppendAsync(Stores.Segment(claim, 1, "a"));
        await store.SaveAsync(claim, 1, "previous");

        await Assert.ThrowsAsync<StoreFailedException>(
            () => store.SaveAsync(claim, 1, [.. Enumerable.Repeat(new string('x', 50_000), 20)]));

        Assert.Equal(["previous"], await store.SnapshotAsync(0));
    }

    private static async Task<PartitionLog> OpenAsync(SqlitePartitionStore store, LogWriter writer)
    {
        var claim = await store.TakeAsync(0);
        return writer.Open(0, claim.Epoch, claim.LastLsn);
    }

    private static async Task FillAsync(PartitionLog log)
    {
        while (true)
        {
            await log.DurableAsync(log.Append(new byte[20_000], 0));
        }
    }
}
