using System.Diagnostics.CodeAnalysis;
using Npgsql;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Storage.Tests.Places;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>The contract on a real server, and what is particular to a store that many silos use at once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed class PostgresPartitionStoreTests : PartitionStoreContract
{
    private const string WaitingSql = "SELECT count(*) FROM pg_stat_activity " +
        "WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private readonly PostgresPlace _place = new();

    public override async Task InitializeAsync()
    {
        await _place.PrepareAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _place.DisposeAsync();
    }

    protected override IPartitionStore CreateStore() => _place.CreateStore();

    [Fact]
    public async Task Of_many_silos_that_open_an_empty_database_at_once_one_creates_the_store()
    {
        var database = await _place.Server.CreateDatabaseAsync();
        var stores = Enumerable.Range(0, 8).Select(_ => new PostgresPartitionStore(database)).ToList();

        var layouts = await Task.WhenAll(stores.Select(
            store => Task.Run(() => store.OpenAsync(5, CancellationToken.None))));

        Assert.Single(layouts, layout => layout.Created);
        Assert.All(layouts, layout => Assert.Equal(5, layout.PartitionCount));
        var claims = await Task.WhenAll(stores.Select(store => store.TakeAsync(0)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], claims.Select(claim => claim.Epoch).Order());
        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Whoever_takes_a_partition_waits_for_the_append_under_way_and_sees_its_records()
    {
        var claim = await Store.TakeAsync(0);
        await using var held = await HeldAsync();
        // What an append does, by somebody who takes his time to commit.
        await held.ExecuteAsync("UPDATE partitions SET last_lsn = 2 WHERE partition = 0");
        await held.ExecuteAsync("INSERT INTO segments VALUES (0, 1, 2, 1, NULL, NULL, @bytes)",
            Stores.Segment(claim, 1, "a", "b").Encoded.ToArray());

        var taking = Store.TakeAsync(0, "successor");
        await Wait.UntilAsync(async () => await _place.ReadLongAsync(WaitingSql) > 0, "the successor waits");
        Assert.False(taking.IsCompleted);
        await held.CommitAsync();

        Assert.Equal(new PartitionClaim(0, Epoch: 2, LastLsn: 2), await taking);
        Assert.Equal(["a", "b"], await Store.RecordsAsync(0));
    }

    [Fact]
    public async Task An_append_that_waits_for_a_takeover_is_fenced_by_it_while_its_other_partition_is_written()
    {
        var (lost, kept) = (await Store.TakeAsync(0), await Store.TakeAsync(1));
        await using var held = await HeldAsync();
        await held.ExecuteAsync("UPDATE partitions SET epoch = epoch + 1 WHERE partition = 0");

        var appending = Store.AppendAsync(Stores.Segment(lost, 1, "late"), Stores.Segment(kept, 1, "kept"));
        await Wait.UntilAsync(async () => await _place.ReadLongAsync(WaitingSql) > 0, "the append waits");
        await held.CommitAsync();

        Assert.Equal([AppendOutcome.Fenced, AppendOutcome.Written], await appending);
        Assert.Empty(await Store.RecordsAsync(0));
        Assert.Equal(["kept"], await Store.RecordsAsync(1));
    }

    [Fact]
    public async Task Silos_that_append_to_common_partitions_in_any_order_never_deadlock_and_each_number_is_written_once()
    {
        const int Rounds = 150;
        await using var other = CreateStore();
        await other.OpenAsync(null, CancellationToken.None);
        var claims = new List<PartitionClaim>();
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            claims.Add(await Store.TakeAsync(partition));
        }
        var backwards = claims.AsEnumerable().Reverse().ToList();

        // Both try every number of every partition at once; which of them writes it is chance.
        var written = 0;
        for (var lsn = 1; lsn <= Rounds; lsn++)
        {
            var counts = await Task.WhenAll(
                Task.Run(() => AppendAsync(Store, claims, lsn)), Task.Run(() => AppendAsync(other, backwards, lsn)));
            written += counts.Sum();
        }

        Assert.Equal(PartitionCount * Rounds, written);
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            Assert.Equal(Rounds, (await Store.RecordsAsync(partition)).Count);
        }
        Assert.Equal(0, await _place.ReadLongAsync(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));

        static async Task<int> AppendAsync(IPartitionStore store, List<PartitionClaim> claims, long lsn)
        {
            var outcomes = await store.AppendAsync([.. claims.Select(claim => Stores.Segment(claim, lsn, "x"))]);
            return outcomes.Count(outcome => outcome == AppendOutcome.Written);
        }
    }

    [Fact]
    public async Task Many_partitions_that_load_at_once_wait_their_turn_and_keep_no_short_question_waiting()
    {
        await using var store = new PostgresPartitionStore(_place.ConnectionString, new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            CommandTimeout = TimeSpan.FromSeconds(60),
            MaxConnections = 6,
        });
        await store.OpenAsync(PartitionCount, CancellationToken.None);
        await store.SaveAsync(await store.TakeAsync(0), 0, "state");
        await using var held = await HeldAsync();
        await held.ExecuteAsync("LOCK TABLE snapshot_chunks IN ACCESS EXCLUSIVE MODE");

        var loads = Enumerable.Range(0, 20).Select(_ => store.SnapshotAsync(0)).ToList();
        await Wait.UntilAsync(async () => await _place.ReadLongAsync(WaitingSql) == 2, "two loads wait for the lock");
        Assert.Equal([1, 0, 0, 0], await store.ReadEpochsAsync(CancellationToken.None));
        await held.CommitAsync();

        Assert.All(await Task.WhenAll(loads), chunks => Assert.Equal(["state"], chunks));
    }

    [Fact]
    public async Task A_save_that_another_one_came_between_is_not_published_over_it()
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SaveSnapshotAsync(
            0, claim.Epoch, 1, SaveAnotherBetween(claim), CancellationToken.None));

        Assert.Equal(["between"], await Store.SnapshotAsync(0));
        // What is left of the refused one goes with the next save.
        Assert.True(await Store.SaveAsync(claim, 1, "next"));
        Assert.Equal(["next"], await Store.SnapshotAsync(0));
        Assert.Equal(1, await _place.ReadLongAsync("SELECT count(*) FROM snapshot_chunks"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await _place.ExecuteAsync("INSERT INTO schema_migrations VALUES (9999, 'from the future')");

        await Assert.ThrowsAsync<StoreLayoutException>(() => ReopenAsync());
        await Assert.ThrowsAsync<StoreLayoutException>(
            () => PostgresSchema.EnsureAsync(_place.ConnectionString, CancellationToken.None));
    }

    [Fact]
    public async Task A_database_that_has_lost_a_partition_is_refused()
    {
        await _place.ExecuteAsync("DELETE FROM partitions WHERE partition = 2");

        await Assert.ThrowsAsync<LogCorruptException>(() => ReopenAsync());
    }

    [Fact]
    public async Task Appending_is_durable_whatever_the_operator_says_and_large_columns_are_not_compressed()
    {
        var settings = new PostgresSettings(_place.ConnectionString + ";Options=-c synchronous_commit=off", new());
        await using var source = settings.CreateForAppending();
        await using var command = source.CreateCommand("SHOW synchronous_commit");
        Assert.Equal("on", await command.ExecuteScalarAsync());

        Assert.Equal(2, await _place.ReadLongAsync("SELECT count(*) FROM pg_attribute WHERE attstorage = 'e' " +
            "AND attrelid IN ('segments'::regclass, 'snapshot_chunks'::regclass)"));
    }

    [Theory]
    [InlineData("Database", "nowhere", "there is no such database; create it first")]
    [InlineData("Password", "wrong-secret", "the server refuses the user 'billing' or the password")]
    [InlineData("Port", "1", "the server cannot be reached")]
    public async Task A_place_that_cannot_be_used_is_named_in_one_sentence_without_the_password(
        string key, string value, string expected)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(_place.ConnectionString) { [key] = value };
        await using var store = new PostgresPartitionStore(connectionString.ConnectionString);

        var error = await Assert.ThrowsAsync<StoreFailedException>(() => store.OpenAsync(4, CancellationToken.None));

        Assert.Contains($"cannot be used: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database=billing")]
    [InlineData("this is no connection string")]
    public void A_text_that_names_no_server_is_refused_at_once(string text) =>
        Assert.Throws<ArgumentException>(() => new PostgresPartitionStore(text));

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> SaveAnotherBetween(PartitionClaim claim)
    {
        yield return Stores.Bytes("first");
        await Store.SaveAsync(claim, 1, "between");
        yield return Stores.Bytes("second");
    }

    private Task<HeldTransaction> HeldAsync() => HeldTransaction.BeginAsync(_place.ConnectionString);
}
