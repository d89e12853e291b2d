using OrleansBilling.Grains.Log;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>What every store has to do. A new store inherits this suite and adds tests of its own.</summary>
public abstract partial class PartitionStoreContract : IAsyncLifetime
{
    protected const int PartitionCount = 4;

    /// <summary>The open store under test.</summary>
    protected IPartitionStore Store { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Store = CreateStore();
        await Store.OpenAsync(PartitionCount, CancellationToken.None);
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>A store, not open yet; always the same data within one test.</summary>
    protected abstract IPartitionStore CreateStore();

    protected async Task<StoreLayout> ReopenAsync(int? partitionCount = PartitionCount)
    {
        await Store.DisposeAsync();
        Store = CreateStore();
        return await Store.OpenAsync(partitionCount, CancellationToken.None);
    }

    [Fact]
    public async Task Opening_without_a_number_of_partitions_takes_the_stores_own() =>
        Assert.Equal(new StoreLayout(PartitionCount, Created: false), await ReopenAsync(null));

    [Fact]
    public async Task Opening_again_finds_what_the_first_opening_created()
    {
        await Store.AppendAsync(Stores.Segment(await Store.TakeAsync(2), 1, "a", "b"));

        var layout = await ReopenAsync();

        Assert.Equal(new StoreLayout(PartitionCount, Created: false), layout);
        Assert.Equal(["a", "b"], await Store.RecordsAsync(2));
        Assert.Equal(new PartitionClaim(2, Epoch: 2, LastLsn: 2), await Store.TakeAsync(2));
    }

    [Fact]
    public async Task Opening_with_another_number_of_partitions_is_refused_and_says_so()
    {
        var error = await Assert.ThrowsAsync<StoreLayoutException>(() => ReopenAsync(PartitionCount + 1));

        Assert.Contains("has 4 partitions and cannot be opened with 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_owner_gets_a_later_epoch_of_its_partition_only()
    {
        Assert.Equal(1, (await Store.TakeAsync(0)).Epoch);
        Assert.Equal(2, (await Store.TakeAsync(0)).Epoch);
        Assert.Equal(1, (await Store.TakeAsync(1)).Epoch);
    }

    [Fact]
    public async Task The_epochs_of_all_partitions_are_read_at_once()
    {
        await Store.TakeAsync(1);
        await Store.TakeAsync(3);
        await Store.TakeAsync(3);

        Assert.Equal([0, 1, 0, 2], await Store.ReadEpochsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_segment_appended_again_after_an_unclear_answer_is_out_of_sequence_and_stored_once()
    {
        var (first, second) = (await Store.TakeAsync(0), await Store.TakeAsync(1));
        SegmentWrite[] segments = [Stores.Segment(first, 1, "a", "b"), Stores.Segment(second, 1, "c")];

        Assert.Equal([AppendOutcome.Written, AppendOutcome.Written], await Store.AppendAsync(segments));
        Assert.Equal([AppendOutcome.OutOfSequence, AppendOutcome.OutOfSequence], await Store.AppendAsync(segments));

        Assert.Equal(["a", "b"], await Store.RecordsAsync(0));
        Assert.Equal(["c"], await Store.RecordsAsync(1));
    }

    [Fact]
    public async Task A_partition_that_is_not_there_cannot_be_owned_written_or_asked_about()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.TakeAsync(PartitionCount));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Store.AppendAsync(Stores.Segment(new PartitionClaim(PartitionCount, 1, 0), 1, "a")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Store.ReadPositionAsync(PartitionCount, CancellationToken.None));
    }

    [Fact]
    public async Task Segments_come_back_in_order_with_the_headers_they_were_written_with()
    {
        var claim = await Store.TakeAsync(1);
        var first = Stores.Segment(new SegmentHeader(1, claim.Epoch, 1, 0, 77, 10, 20), "a", "", "ccc");
        var second = Stores.Segment(new SegmentHeader(1, claim.Epoch, 4, 0, 78, 0, 0), "d");

        Assert.Equal([AppendOutcome.Written], await Store.AppendAsync(first));
        Assert.Equal([AppendOutcome.Written], await Store.AppendAsync(second));

        var segments = await Store.SegmentsAsync(1);
        Assert.Equal([first.Header, second.Header], segments.Select(segment => segment.Header));
        Assert.Equal(["a", "", "ccc", "d"], segments.SelectMany(Stores.Records));
        Assert.Equal(new LogPosition(claim.Epoch, FirstLsn: 1, LastLsn: 4), await PositionAsync(1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    public async Task Reading_begins_with_the_segment_that_contains_the_lsn(long fromLsn, long firstLsn)
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b", "c"));
        await Store.AppendAsync(Stores.Segment(claim, 4, "d", "e"));

        Assert.Equal(firstLsn, (await Store.SegmentsAsync(0, fromLsn))[0].Header.FirstLsn);
    }

    [Fact]
    public async Task Reading_past_the_end_yields_nothing()
    {
        await Store.AppendAsync(Stores.Segment(await Store.TakeAsync(0), 1, "a"));

        Assert.Empty(await Store.SegmentsAsync(0, fromLsn: 2));
        Assert.Empty(await Store.SegmentsAsync(1));
        Assert.Equal(new LogPosition(0, FirstLsn: 1, LastLsn: 0), await PositionAsync(1));
    }

    [Fact]
    public async Task Many_segments_are_read_over_several_pages()
    {
        var claim = await Store.TakeAsync(0);
        for (var lsn = 1; lsn <= 300; lsn++)
        {
            await Store.AppendAsync(Stores.Segment(claim, lsn, $"{lsn}"));
        }

        Assert.Equal(Enumerable.Range(1, 300).Select(lsn => $"{lsn}"), await Store.RecordsAsync(0));
    }

    [Fact]
    public async Task An_old_epoch_writes_nothing_while_the_others_of_its_transaction_commit()
    {
        var zombie = await Store.TakeAsync(0);
        var other = await Store.TakeAsync(1);
        var owner = await Store.TakeAsync(0);

        var outcomes = await Store.AppendAsync(
            Stores.Segment(zombie, 1, "zombie"), Stores.Segment(other, 1, "other"), Stores.Segment(owner, 1, "owner"));

        Assert.Equal([AppendOutcome.Fenced, AppendOutcome.Written, AppendOutcome.Written], outcomes);
        Assert.Equal(["owner"], await Store.RecordsAsync(0));
        Assert.Equal(["other"], await Store.RecordsAsync(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_segment_that_repeats_or_skips_an_lsn_is_refused(long firstLsn)
    {
        var claim = await Store.TakeAsync(0);
        await Store.AppendAsync(Stores.Segment(claim, 1, "a", "b"));

        Assert.Equal([AppendOutcome.OutOfSequence], await Store.AppendAsync(Stores.Segment(claim, firstLsn, "x")));

        Assert.Equal(["a", "b"], await Store.RecordsAsync(0));
        Assert.Equal([AppendOutcome.Written], await Store.AppendAsync(Stores.Segment(claim, 3, "c")));
    }

    [Theory]
    [InlineData(0, 9, "")]
    [InlineData(0, 10, "a")]
    [InlineData(20, 25, "a,b")]
    [InlineData(21, 24, "")]
    [InlineData(40, 40, "b,d")]
    [InlineData(5, 100, "a,b,d")]
    public async Task Reading_by_time_yields_the_overlapping_segments_in_order(long from, long to, string expected)
    {
        var claim = await Store.TakeAsync(0);
        var header = new SegmentHeader(0, claim.Epoch, 1, 0, 1, 10, 20);
        await Store.AppendAsync(Stores.Segment(header, "a"));
        await Store.AppendAsync(Stores.Segment(
            header with { FirstLsn = 2, MinEventTicks = 25, MaxEventTicks = 50 }, "b"));
        await Store.AppendAsync(Stores.Segment(
            header with { FirstLsn = 3, MinEventTicks = 0, MaxEventTicks = 0 }, "c"));
        await Store.AppendAsync(Stores.Segment(
            header with { FirstLsn = 4, MinEventTicks = 40, MaxEventTicks = 40 }, "d"));

        var found = await Store.ReadByTimeAsync(0, from, to, CancellationToken.None).ToListAsync();

        Assert.Equal(expected, string.Join(',', found.SelectMany(Stores.Records)));
    }

    private Task<LogPosition> PositionAsync(int partition) =>
        Store.ReadPositionAsync(partition, CancellationToken.None);
}
