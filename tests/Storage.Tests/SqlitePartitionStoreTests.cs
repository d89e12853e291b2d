using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>The contract on real files, and what is particular to one file used by one process.</summary>
public sealed class SqlitePartitionStoreTests : PartitionStoreContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    private string DataPath => _directory["new/folder/billing.db"];

    /// <remarks>Called after the store is closed.</remarks>
    public void Dispose() => _directory.Dispose();

    protected override IPartitionStore CreateStore() => new SqlitePartitionStore(DataPath);

    [Fact]
    public async Task A_second_store_on_the_same_file_is_refused_until_the_first_one_closes()
    {
        await using var second = new SqlitePartitionStore(DataPath);
        var error = await Assert.ThrowsAsync<StoreLockedException>(
            () => second.OpenAsync(PartitionCount, CancellationToken.None));
        Assert.Contains("billing.db' is in use by another process", error.Message, StringComparison.Ordinal);

        await Store.DisposeAsync();

        await second.OpenAsync(PartitionCount, CancellationToken.None);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        await Store.DisposeAsync();
        RawSqlite.Execute(DataPath, "INSERT INTO schema_migrations VALUES (9999, 'from the future')");

        await Assert.ThrowsAsync<StoreLayoutException>(() => ReopenAsync());
    }

    [Fact]
    public async Task A_left_over_draft_of_a_first_start_that_crashed_does_no_harm()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["billing.db.new"], "half a file");
        await using var store = new SqlitePartitionStore(directory["billing.db"]);

        Assert.Equal(new StoreLayout(3, Created: true), await store.OpenAsync(3, CancellationToken.None));
    }

    [Fact]
    public async Task The_write_ahead_log_starts_over_instead_of_growing_with_what_is_written()
    {
        using var directory = new TempDirectory();
        await using var store = new SqlitePartitionStore(directory["billing.db"], new() { CheckpointPages = 64 });
        await store.OpenAsync(1, CancellationToken.None);
        var claim = await store.TakeAsync(0);

        for (var lsn = 1; lsn <= 200; lsn++)
        {
            await store.AppendAsync(Stores.Segment(claim, lsn, new string('x', 100_000)));
        }

        Assert.InRange(new FileInfo(directory["billing.db-wal"]).Length, 1, 5_000_000);
        Assert.Equal(200, (await store.RecordsAsync(0)).Count);
    }
}
