using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>Lost connections, crashes and pauses of a server of this class' own.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed class PostgresFailureTests : IAsyncLifetime
{
    private const int PartitionCount = 4;

    // A server's bound that is far above what the store is allowed to take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private PrivatePostgres _server = null!;
    private string _database = null!;
    private PostgresPartitionStore _store = null!;

    public async Task InitializeAsync()
    {
        // With the server's own default, what is committed would be lost for ten seconds.
        _server = await PrivatePostgres.StartNewAsync(new Dictionary<string, string>
        {
            ["synchronous_commit"] = "off",
            ["wal_writer_delay"] = "10s",
        });
        _database = await _server.CreateDatabaseAsync();
        _store = new(_database, new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            CommandTimeout = TimeSpan.FromSeconds(2),
        });
        await _store.OpenAsync(PartitionCount, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_lost_before_the_commit_writes_nothing_and_the_next_append_makes_a_new_one()
    {
        var claim = await _store.TakeAsync(0);
        SegmentWrite[] segments = [Stores.Segment(claim, 1, "a")];
        await using (var held = await HeldTransaction.BeginAsync(_database))
        {
            await held.ExecuteAsync("UPDATE partitions SET owner = 'slow' WHERE partition = 0");
            var appending = _store.AppendAsync(segments);
            await TerminateAsync("wait_event_type = 'Lock'");
            var error = await Assert.ThrowsAsync<StoreFailedException>(() => appending);
            Assert.Contains("the server ended the connection", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await PositionAsync(0)).LastLsn);
        Assert.Equal([AppendOutcome.Written], await _store.AppendAsync(segments));
    }

    [Fact]
    public async Task A_connection_lost_after_the_commit_is_resolved_by_the_position_and_by_appending_again()
    {
        var claim = await _store.TakeAsync(0);
        SegmentWrite[] segments = [Stores.Segment(claim, 1, "a", "b")];
        // Commits are kept from answering, after they are written, until a standby that does not exist has them too.
        await SetStandbysAsync("'nobody'");
        var appending = _store.AppendAsync(segments);

        await TerminateAsync("wait_event = 'SyncRep'");

        // Whether the answer still came through is up to chance; what is stored is not.
        var outcomes = await Record.ExceptionAsync(() => appending) is null ? await appending : null;
        await SetStandbysAsync("''");
        Assert.True(outcomes is null || outcomes[0] == AppendOutcome.Written);
        Assert.Equal(2, (await PositionAsync(0)).LastLsn);
        Assert.Equal([AppendOutcome.OutOfSequence], await _store.AppendAsync(segments));
        Assert.Equal(["a", "b"], await _store.RecordsAsync(0));
    }

    [Fact]
    public async Task After_each_crash_of_the_server_all_acknowledged_records_are_there_and_the_store_goes_on_by_itself()
    {
        for (var round = 0; round < 3; round++)
        {
            var acknowledged = new ConcurrentDictionary<int, long>();
            await using var writer = new LogWriter(_store, TimeProvider.System);
            var appending = new List<Task>();
            for (var partition = 0; partition < PartitionCount; partition++)
            {
                var claim = await _store.TakeAsync(partition);
                var log = writer.Open(partition, claim.Epoch, claim.LastLsn);
                appending.Add(Task.Run(() => AppendUntilItFailsAsync(log, acknowledged)));
            }
            await Wait.UntilAsync(() => acknowledged.Values.Sum() > 200, "some records are acknowledged");

            await (round == 1 ? _server.StopAsync(PostgresStop.Immediate) : _server.CrashAsync());
            await Task.WhenAll(appending);
            await _server.StartAsync();

            foreach (var (partition, lsn) in acknowledged)
            {
                var claim = await _store.TakeAsync(partition);
                Assert.InRange(claim.LastLsn, lsn, long.MaxValue);
                Assert.Equal(claim.LastLsn, (await _store.RecordsAsync(partition)).Count);
                Assert.Equal([AppendOutcome.Written],
                    await _store.AppendAsync(Stores.Segment(claim, claim.LastLsn + 1, "after")));
            }
        }
    }

    [Fact]
    public async Task A_restart_between_two_calls_goes_unnoticed_by_readers_and_owners()
    {
        await Task.WhenAll(Enumerable.Range(0, PartitionCount).Select(partition => _store.TakeAsync(partition)));
        await _server.RestartAsync();

        Assert.Equal([1, 1, 1, 1], await _store.ReadEpochsAsync(CancellationToken.None));
        await _server.RestartAsync(PostgresStop.Immediate);

        Assert.Equal(2, (await _store.TakeAsync(3)).Epoch);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_holds_nobody_up_for_long_and_is_used_again_when_it_does()
    {
        var claim = await _store.TakeAsync(0);
        SegmentWrite[] first = [Stores.Segment(claim, 1, "a")], second = [Stores.Segment(claim, 2, "b")];
        await _store.AppendAsync(first);
        _server.Pause();

        var error = await Assert.ThrowsAsync<StoreFailedException>(
            () => _store.AppendAsync(second).WaitAsync(Patience));
        Assert.Contains("the server does not answer in time", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreFailedException>(() => _store.AppendAsync(second).WaitAsync(Patience));
        await Assert.ThrowsAsync<StoreFailedException>(() => PositionAsync(0).WaitAsync(Patience));
        using var impatient = new CancellationTokenSource();
        var epochs = _store.ReadEpochsAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => epochs.WaitAsync(Patience));

        _server.Resume();
        await Wait.UntilAsync(async () =>
        {
            // What was on its way when the server stopped may still be carried out, once.
            var outcomes = await TryAsync(() => _store.AppendAsync(second));
            return outcomes is not null && outcomes[0] is AppendOutcome.Written or AppendOutcome.OutOfSequence;
        }, "the store is used again");
        Assert.Equal(["a", "b"], await _store.RecordsAsync(0));
    }

    [Fact]
    public async Task A_server_that_does_not_sync_its_commits_is_refused()
    {
        _server.Settings["fsync"] = "off";
        await _server.RestartAsync();
        await using var store = new PostgresPartitionStore(_database);

        var error = await Assert.ThrowsAsync<StoreLayoutException>(() => store.OpenAsync(4, CancellationToken.None));

        Assert.Contains("fsync = off", error.Message, StringComparison.Ordinal);
    }

    private static async Task AppendUntilItFailsAsync(PartitionLog log, ConcurrentDictionary<int, long> acknowledged)
    {
        try
        {
            while (true)
            {
                var lsn = log.Append(new byte[300], 0);
                await log.DurableAsync(lsn);
                acknowledged[log.Partition] = lsn;
            }
        }
        catch (LogException)
        {
            // As expected of a server that is gone.
        }
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return await work();
        }
        catch (StoreFailedException)
        {
            return null;
        }
    }

    private Task<LogPosition> PositionAsync(int partition) =>
        _store.ReadPositionAsync(partition, CancellationToken.None);

    private Task TerminateAsync(string condition) => Wait.UntilAsync(async () => await _server.ReadAsync<long>(
        "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
        $"WHERE datname = current_database() AND pid <> pg_backend_pid() AND {condition}) ended", _database) > 0,
        "there is a connection to end");

    private async Task SetStandbysAsync(string standbys)
    {
        await _server.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = {standbys}");
        await _server.ExecuteAsync("SELECT pg_reload_conf()");
    }
}
