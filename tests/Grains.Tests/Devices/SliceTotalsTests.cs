using CsCheck;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Tests.Devices;

public sealed class SliceTotalsTests
{
    [Fact]
    public void Totals_are_kept_by_bucket_in_order_of_their_keys_whatever_came_first() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30], Gen.Int[-9, 9]).Array[0, 100].Sample(changes =>
        {
            var slice = new SliceTotals(null!, 0, 0, null);
            foreach (var (charge, bucket, change) in changes)
            {
                slice.Add(new(charge, bucket), new(change, change / 4m, 1));
            }
            var expected = changes.GroupBy(c => (c.Item1, c.Item2)).OrderBy(g => g.Key)
                .Select(g => (new BucketKey(g.Key.Item1, g.Key.Item2), new BucketTotal(
                    g.Sum(c => c.Item3), g.Sum(c => c.Item3 / 4m), g.Count())));
            Assert.Equal(expected, slice.Buckets.ToArray().Select(b => (b.Key, b.Total)));
            Assert.All(expected, e => Assert.Equal(e.Item2, slice.Total(e.Item1)));
            Assert.Equal(BucketTotal.Zero, slice.Total(new(5, 0)));
        });
}
