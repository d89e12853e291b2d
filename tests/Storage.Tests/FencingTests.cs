using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public abstract class FencingTests<TPlace> : LogFixture<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task A_handle_that_lost_its_partition_fails_while_the_other_partition_of_its_commit_is_written()
    {
        var failed = new TaskCompletionSource<Exception>();
        var lost = await OpenAsync(0, onFailed: failed.SetResult);
        var kept = await OpenAsync(1);
        var gate = HoldCommits(out var reached);
        kept.Append([0], 0);
        await reached;
        var lostLsn = lost.Append(Stores.Bytes("lost"), 0);
        var keptLsn = kept.Append(Stores.Bytes("kept"), 0);
        var waiting = lost.DurableAsync(lostLsn);
        await Store.TakeAsync(0, "successor");
        gate.SetResult();

        await kept.DurableAsync(keptLsn);
        var error = await Assert.ThrowsAsync<PartitionFencedException>(() => waiting.AsTask());
        Assert.Equal((0, 1L), (error.Partition, error.Epoch));
        Assert.Same(error, await failed.Task);
        Assert.Same(error, lost.Failure);
        Assert.Throws<LogClosedException>(() => lost.Append([1], 0));
        await Assert.ThrowsAsync<PartitionFencedException>(() => lost.DurableAsync(lostLsn).AsTask());
        Assert.Empty(await Store.RecordsAsync(0));
        Assert.Equal(2, (await Store.RecordsAsync(1)).Count);
        Assert.Equal(0, Writer.WaitingBytes);
    }

    [Fact]
    public async Task A_silo_that_wakes_up_after_its_successor_has_written_adds_nothing()
    {
        await using var otherSilo = new LogWriter(Store, TimeProvider.System);
        var zombie = await OpenAsync(0);
        await zombie.DurableAsync(zombie.Append(Stores.Bytes("before"), 0));
        var owner = await OpenAsync(0, otherSilo);
        await owner.DurableAsync(owner.Append(Stores.Bytes("owner 2"), 0));

        var late = zombie.Append(Stores.Bytes("zombie 2"), 0);

        await Assert.ThrowsAsync<PartitionFencedException>(() => zombie.DurableAsync(late).AsTask());
        await owner.DurableAsync(owner.Append(Stores.Bytes("owner 3"), 0));
        Assert.Equal(["before", "owner 2", "owner 3"], await Store.RecordsAsync(0));
    }

    [Fact]
    public async Task What_was_durable_before_the_loss_stays_acknowledged()
    {
        var log = await OpenAsync(0);
        var first = log.Append([1], 0);
        await log.DurableAsync(first);
        await Store.TakeAsync(0, "successor");
        await Assert.ThrowsAsync<PartitionFencedException>(() => log.DurableAsync(log.Append([2], 0)).AsTask());

        await log.DurableAsync(first);
    }
}

public sealed class SqliteFencingTests : FencingTests<SqlitePlace>;

public sealed class PostgresFencingTests : FencingTests<PostgresPlace>;
