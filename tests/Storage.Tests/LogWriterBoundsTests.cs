using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public abstract class LogWriterBoundsTests<TPlace> : LogFixture<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task A_full_queue_refuses_records_until_the_disk_has_caught_up()
    {
        await using var writer = new LogWriter(Store, TimeProvider.System, new() { MaxWaitingBytes = 1000 });
        var (a, b) = (await OpenAsync(0, writer), await OpenAsync(1, writer));
        var gate = HoldCommits(out _);
        for (var i = 0; i < 9; i++)
        {
            (i % 2 == 0 ? a : b).Append(new byte[100], 0);
        }

        var error = Assert.Throws<LogOverloadedException>(() => a.Append(new byte[100], 0));

        Assert.Equal((909L, 909L), (error.WaitingBytes, writer.WaitingBytes));
        gate.SetResult();
        await a.DurableAsync(a.LastLsn);
        await b.DurableAsync(b.LastLsn);
        Assert.Equal(0, writer.WaitingBytes);
        Assert.Equal(6, a.Append(new byte[100], 0));
    }

    [Fact]
    public async Task A_record_beyond_the_limit_is_refused_and_the_next_one_is_not()
    {
        await using var writer = new LogWriter(Store, TimeProvider.System, new() { MaxRecordBytes = 10 });
        var log = await OpenAsync(0, writer);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.Append(new byte[11], 0));

        Assert.Equal(1, log.Append(new byte[10], 0));
    }

    [Fact]
    public async Task Records_larger_than_the_kept_buffer_are_written_whole()
    {
        var log = await OpenAsync(0);
        for (var i = 0; i < 6; i++)
        {
            log.Append(new byte[3 << 20], 0);
        }
        await log.DurableAsync(log.LastLsn);

        Assert.Equal(6, (await Store.RecordsAsync(0)).Count(record => record.Length == 3 << 20));
    }

    [Fact]
    public async Task Closing_a_handle_writes_what_was_appended_and_refuses_more()
    {
        var log = await OpenAsync(0);
        log.Append(Stores.Bytes("last words"), 0);

        await log.CloseAsync();

        Assert.Equal(["last words"], await Store.RecordsAsync(0));
        Assert.Throws<LogClosedException>(() => log.Append([1], 0));
    }

    [Fact]
    public async Task Disposing_the_writer_writes_what_was_appended_and_refuses_more()
    {
        await using var writer = new LogWriter(Store, TimeProvider.System);
        var log = await OpenAsync(0, writer);
        log.Append(Stores.Bytes("last words"), 0);

        await writer.DisposeAsync();

        Assert.Equal(["last words"], await Store.RecordsAsync(0));
        Assert.Throws<LogClosedException>(() => log.Append([1], 0));
        Assert.Equal((1L, 1L), (log.LastLsn, log.DurableLsn));
    }
}

public sealed class SqliteLogWriterBoundsTests : LogWriterBoundsTests<SqlitePlace>;

public sealed class PostgresLogWriterBoundsTests : LogWriterBoundsTests<PostgresPlace>;
