using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Tests.Subscriptions;

public sealed class LowWatermarkTests
{
    private const long OwnEpoch = 5;
    private static readonly Instant Noon = BillingCluster.At("2026-01-01T12:00:00Z");

    [Fact]
    public void It_waits_for_the_slowest_partition_and_for_one_that_said_nothing()
    {
        var book = new SubscriptionBook(3, new(), new());
        Take(book, 0, Noon);
        Take(book, 1, Noon + Duration.FromHours(1));
        Assert.Equal(Instant.MinValue, book.LowWatermark("t"));
        Take(book, 2, Noon + Duration.FromHours(2));
        Assert.Equal(Noon, book.LowWatermark("t"));
        Assert.Equal(Instant.MinValue, book.LowWatermark("another tenant"));
    }

    [Fact]
    public void A_seal_told_to_an_earlier_owner_does_not_count()
    {
        var book = new SubscriptionBook(1, new(), new());
        Take(book, 0, Noon, receiverEpoch: OwnEpoch - 1);
        Assert.Equal(Instant.MinValue, book.LowWatermark("t"));
    }

    [Fact]
    public void An_older_delivery_that_comes_late_changes_nothing()
    {
        var book = new SubscriptionBook(1, new(), new());
        Take(book, 0, Noon, position: 10);
        Take(book, 0, Noon - Duration.FromHours(1), position: 9);
        Assert.Equal(Noon, book.LowWatermark("t"));
    }

    private static void Take(SubscriptionBook book, int from, Instant through, long receiverEpoch = OwnEpoch, long position = 1) =>
        book.Take(new SliceDelivery(from, 1, position, receiverEpoch, [KeyValuePair.Create("t", through)], []), OwnEpoch, _ => null);
}
