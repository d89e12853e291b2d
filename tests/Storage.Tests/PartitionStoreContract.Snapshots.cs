using OrleansBilling.Grains.Log;
using Xunit;

namespace OrleansBilling.Storage.Tests;

public abstract partial class PartitionStoreContract
{
    [Fact]
    public async Task A_partition_without_a_snapshot_says_so()
    {
        Assert.Null(await Store.SnapshotAsync(0));
    }

    [Fact]
    public async Task A_snapshot_comes_back_with_its_lsn_after_reopening()
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b"));
        Assert.True(await Store.SaveAsync(claim, 2, "one", "", "three"));

        await ReopenAsync();

        Assert.Equal(["one", "", "three"], await Store.SnapshotAsync(0));
        var snapshot = await Store.LoadSnapshotAsync(0, CancellationToken.None);
        Assert.Equal((0, claim.Epoch, 2L), (snapshot!.Partition, snapshot.Epoch, snapshot.Lsn));
        Assert.Null(await Store.SnapshotAsync(1));
    }

    [Fact]
    public async Task A_snapshot_of_an_empty_state_is_not_the_same_as_none()
    {
        Assert.True(await Store.SaveAsync(await Store.TakeAsync(0), 0));

        Assert.Empty((await Store.SnapshotAsync(0))!);
    }

    [Fact]
    public async Task A_snapshot_that_fails_in_the_middle_leaves_the_previous_one()
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b"));
        await Store.SaveAsync(claim, 1, "old one", "old two");

        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => Store.SaveSnapshotAsync(0, claim.Epoch, 2, BreakAfter("new one"), CancellationToken.None));

        Assert.Equal(["old one", "old two"], await Store.SnapshotAsync(0));
        await ReopenAsync();
        Assert.Equal(["old one", "old two"], await Store.SnapshotAsync(0));
        Assert.True(await Store.SaveAsync(claim, 2, "newer"));
        Assert.Equal(["newer"], await Store.SnapshotAsync(0));
    }

    [Fact]
    public async Task An_old_epoch_saves_no_snapshot_even_when_it_loses_the_partition_in_the_middle()
    {
        var zombie = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(zombie, 1, "a"));
        await Store.SaveAsync(zombie, 1, "kept");

        Assert.False(await Store.SaveSnapshotAsync(0, zombie.Epoch, 1, LoseOwnership(), CancellationToken.None));
        Assert.False(await Store.SaveAsync(zombie, 1, "refused"));

        Assert.Equal(["kept"], await Store.SnapshotAsync(0));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task A_snapshot_beyond_the_durable_log_or_before_the_previous_one_is_refused(long lsn)
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b", "c"));
        await Store.SaveAsync(claim, 2, "kept");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.SaveAsync(claim, lsn, "refused"));

        Assert.Equal(["kept"], await Store.SnapshotAsync(0));
    }

    [Fact]
    public async Task Trimming_removes_old_segments_only_as_far_as_the_snapshot_goes()
    {
        var claim = await Store.TakeAsync(0);
        for (var lsn = 1; lsn <= 40; lsn++)
        {
            var header = new SegmentHeader(0, claim.Epoch, lsn, 0, lsn * 10, 0, 0);
            await Store.AppendAsync(Stores.Segment(header, $"{lsn}"));
        }

        Assert.Equal(0, await TrimAsync(claim, beforeTicks: long.MaxValue));
        await Store.SaveAsync(claim, 30, "state");
        Assert.Equal(19, await TrimAsync(claim, beforeTicks: 200));
        Assert.Equal(11, await TrimAsync(claim, beforeTicks: long.MaxValue));

        Assert.Equal(new LogPosition(claim.Epoch, FirstLsn: 31, LastLsn: 40), await PositionAsync(0));
        Assert.Equal(10, (await Store.SegmentsAsync(0, fromLsn: 31)).Count);
        await Assert.ThrowsAsync<LogCorruptException>(() => Store.SegmentsAsync(0, fromLsn: 30));
    }

    [Fact]
    public async Task Trimming_keeps_a_segment_that_the_snapshot_covers_in_part()
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b"));
        await Store.SaveAsync(claim, 1, "state");

        Assert.Equal(0, await TrimAsync(claim, long.MaxValue));
    }

    [Fact]
    public async Task Trimming_leaves_one_unbroken_sequence_when_a_clock_went_back()
    {
        var claim = await Store.TakeAsync(0);
        long[] recorded = [10, 50, 20, 60];
        for (var i = 0; i < recorded.Length; i++)
        {
            var header = new SegmentHeader(0, claim.Epoch, i + 1, 0, recorded[i], 0, 0);
            await Store.AppendAsync(Stores.Segment(header, "x"));
        }
        await Store.SaveAsync(claim, 4, "state");

        Assert.Equal(1, await TrimAsync(claim, beforeTicks: 30));
        Assert.Equal(3, (await Store.SegmentsAsync(0, fromLsn: 2)).Count);
    }

    [Fact]
    public async Task An_old_epoch_trims_nothing_and_a_fully_trimmed_log_goes_on_with_the_next_lsn()
    {
        var zombie = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(zombie, 1, "a", "b"));
        await Store.SaveAsync(zombie, 2, "state");
        var owner = await Store.TakeAsync(0);

        Assert.Equal(0, await TrimAsync(zombie, long.MaxValue));
        Assert.Equal(1, await TrimAsync(owner, long.MaxValue));
        Assert.Equal(new LogPosition(owner.Epoch, FirstLsn: 3, LastLsn: 2), await PositionAsync(0));
        Assert.Equal([AppendOutcome.Written], await Store.AppendAsync(Stores.Segment(owner, 3, "c")));
    }

    private Task<long> TrimAsync(PartitionClaim claim, long beforeTicks) =>
        Store.TrimAsync(claim.Partition, claim.Epoch, beforeTicks, CancellationToken.None);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> BreakAfter(string chunk)
    {
        yield return Stores.Bytes(chunk);
        await Task.Yield();
        throw new InvalidTimeZoneException("The state cannot be written.");
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LoseOwnership()
    {
        yield return Stores.Bytes("first");
        await Store.TakeAsync(0, "successor");
        yield return Stores.Bytes("second");
    }
}
