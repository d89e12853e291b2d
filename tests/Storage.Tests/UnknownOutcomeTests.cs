using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>The store throws: the position in the store says whether the commit took place.</summary>
public abstract class UnknownOutcomeTests<TPlace> : LogFixture<TPlace>
    where TPlace : IStorePlace, new()
{
    private static readonly Func<Task> Broken = () => throw new IOException("The connection broke.");
    private static readonly Func<Task> Sound = () => Task.CompletedTask;

    [Fact]
    public async Task An_exception_after_the_commit_is_resolved_as_durable_and_writing_goes_on()
    {
        var (a, b) = (await OpenAsync(0), await OpenAsync(1));
        Store.AfterAppend = Broken;
        a.Append(Stores.Bytes("a1"), 0);
        b.Append(Stores.Bytes("b1"), 0);

        await a.DurableAsync(1);
        await b.DurableAsync(1);

        Store.AfterAppend = Sound;
        await a.DurableAsync(a.Append(Stores.Bytes("a2"), 0));
        Assert.Equal(["a1", "a2"], await Store.RecordsAsync(0));
        Assert.Equal(["b1"], await Store.RecordsAsync(1));
    }

    [Fact]
    public async Task An_exception_before_the_commit_fails_the_handle_and_a_new_one_goes_on_with_the_right_lsn()
    {
        var failed = new TaskCompletionSource<Exception>();
        var log = await OpenAsync(0, onFailed: failed.SetResult);
        await log.DurableAsync(log.Append(Stores.Bytes("kept"), 0));
        Store.BeforeAppend = Broken;
        var lsn = log.Append(Stores.Bytes("lost"), 0);

        var error = await Assert.ThrowsAsync<LogUnavailableException>(() => log.DurableAsync(lsn).AsTask());
        Assert.IsType<IOException>(error.InnerException);
        Assert.Same(error, await failed.Task);
        Assert.Throws<LogClosedException>(() => log.Append([1], 0));

        Store.BeforeAppend = Sound;
        var reopened = await OpenAsync(0);
        Assert.Equal(2, reopened.Append(Stores.Bytes("again"), 0));
        await reopened.DurableAsync(2);
        Assert.Equal(["kept", "again"], await Store.RecordsAsync(0));
        Assert.Equal(0, Writer.WaitingBytes);
    }

    [Fact]
    public async Task A_position_that_cannot_be_read_leaves_the_outcome_open_and_fails_the_handle()
    {
        var log = await OpenAsync(0);
        Store.AfterAppend = Broken;
        Store.BeforeReadPosition = Broken;

        await Assert.ThrowsAsync<LogUnavailableException>(() => log.DurableAsync(log.Append([1], 0)).AsTask());

        // It was written after all: the next owner's replay finds it.
        Store.BeforeReadPosition = Sound;
        Assert.Equal(1, (await Store.TakeAsync(0)).LastLsn);
    }

    [Fact]
    public async Task A_new_owner_found_while_resolving_means_fenced()
    {
        var log = await OpenAsync(0);
        Store.BeforeAppend = Broken;
        Store.BeforeReadPosition = () => Store.TakeAsync(0, "successor");

        await Assert.ThrowsAsync<PartitionFencedException>(() => log.DurableAsync(log.Append([1], 0)).AsTask());
    }

    [Fact]
    public async Task A_handle_opened_at_the_wrong_lsn_writes_nothing()
    {
        var claim = await Store.TakeAsync(0);
        var log = Writer.Open(0, claim.Epoch, lastLsn: 5);

        await Assert.ThrowsAsync<LogUnavailableException>(() => log.DurableAsync(log.Append([1], 0)).AsTask());

        Assert.Empty(await Store.RecordsAsync(0));
    }
}

public sealed class SqliteUnknownOutcomeTests : UnknownOutcomeTests<SqlitePlace>;

public sealed class PostgresUnknownOutcomeTests : UnknownOutcomeTests<PostgresPlace>;
