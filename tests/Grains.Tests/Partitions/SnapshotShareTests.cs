using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Tests.Partitions;

public sealed class SnapshotShareTests
{
    [Theory]
    [InlineData(0, 50_000)]
    [InlineData(200_000, 50_000)]
    [InlineData(4_000_000, 1_000_000)]
    public void A_partition_that_knows_many_events_waits_for_a_quarter_more(int events, long records) =>
        Assert.Equal(records, SnapshotShare.Of(50_000, events, SnapshotShare.Running));

    [Fact]
    public void However_long_it_runs_the_snapshots_are_a_few_times_the_newest()
    {
        var (events, written) = (0L, 0L);
        while (events < 1_000_000_000)
        {
            events += SnapshotShare.Of(50_000, (int)events, SnapshotShare.Running);
            written += events;
        }
        Assert.True(written < 6 * events, $"{written} for {events}");
    }
}
