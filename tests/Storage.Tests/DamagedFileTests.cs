using CsCheck;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>Damage to the file as a whole: a clear error, or exactly what was written; never anything else.</summary>
public sealed class DamagedFileTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();
    private byte[] _sound = [];

    private string DataPath => _directory["billing.db"];

    public async Task InitializeAsync()
    {
        await using (var store = new SqlitePartitionStore(DataPath))
        {
            await store.OpenAsync(1, CancellationToken.None);
            var claim = await store.TakeAsync(0);
            for (var lsn = 1; lsn <= 30; lsn++)
            {
                await store.AppendAsync(Stores.Segment(claim, lsn, Expected(lsn)));
            }
        }
        _sound = await File.ReadAllBytesAsync(DataPath);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_closed_store_leaves_everything_in_one_file()
    {
        Assert.False(File.Exists(DataPath + "-wal"));
        Assert.Equal(30, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task An_empty_file_is_not_taken_for_a_new_log()
    {
        await File.WriteAllBytesAsync(DataPath, []);

        var error = await Assert.ThrowsAsync<LogCorruptException>(ReadAsync);

        Assert.Contains("billing.db' is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_beside_its_write_ahead_log_is_not_taken_for_a_new_log()
    {
        File.Move(DataPath, DataPath + "-wal");

        var error = await Assert.ThrowsAsync<LogCorruptException>(ReadAsync);

        Assert.Contains("is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("This is not a database. ")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task Garbage_is_refused_with_the_file_named(string garbage)
    {
        await File.WriteAllTextAsync(DataPath, string.Concat(Enumerable.Repeat(garbage, 1000)));

        var error = await Assert.ThrowsAsync<LogCorruptException>(ReadAsync);

        Assert.Contains("billing.db' is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_database_is_refused()
    {
        File.Delete(DataPath);
        RawSqlite.Execute(DataPath, "CREATE TABLE somebody_elses (id INTEGER)");

        var error = await Assert.ThrowsAsync<LogCorruptException>(ReadAsync);

        Assert.Contains("is not a log of OrleansBilling", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_truncated_anywhere_is_refused()
    {
        await Gen.Int[1, _sound.Length - 1].SampleAsync(async length =>
        {
            await RestoreAsync(_sound[..length]);
            await Assert.ThrowsAsync<LogCorruptException>(ReadAsync);
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task Flipped_bits_anywhere_in_the_file_never_yield_anything_but_the_records_written()
    {
        await Gen.Int[0, (_sound.Length * 8) - 1].SampleAsync(async bit =>
        {
            var damaged = _sound.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await RestoreAsync(damaged);
            try
            {
                return (await ReadAsync()).SequenceEqual(Enumerable.Range(1, 30).Select(Expected));
            }
            catch (LogException)
            {
                return true;
            }
        }, iter: 100, threads: 1);
    }

    private static string Expected(int lsn) => $"record {lsn} {new string('x', lsn * 20)}";

    private async Task RestoreAsync(byte[] bytes)
    {
        File.Delete(DataPath + "-wal");
        File.Delete(DataPath + "-shm");
        await File.WriteAllBytesAsync(DataPath, bytes);
    }

    private async Task<List<string>> ReadAsync()
    {
        await using var store = new SqlitePartitionStore(DataPath);
        await store.OpenAsync(1, CancellationToken.None);
        return await store.RecordsAsync(0);
    }
}
