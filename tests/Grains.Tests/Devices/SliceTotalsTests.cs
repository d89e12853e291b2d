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

    [Fact]
    public void A_bucket_that_comes_to_nothing_is_forgotten_when_it_is_asked_to_be() =>
        Gen.Int[0, 3].Array[1, 30].Sample(keys =>
        {
            var (slice, without) = (new SliceTotals(null!, 0, 0, null), new SliceTotals(null!, 0, 0, null));
            foreach (var (key, i) in keys.Select((key, i) => (key, i)))
            {
                slice.Add(new(key, 0), new(i + 1m, 0m, 1));
                if (key != keys[0])
                {
                    without.Add(new(key, 0), new(i + 1m, 0m, 1));
                }
            }
            slice.DropIfNothing(new(keys[0], 0));
            Assert.Equal(keys.Distinct().Count(), slice.Buckets.Length);
            var total = slice.Total(new(keys[0], 0));
            slice.Add(new(keys[0], 0), new(-total.Quantity, 0m, -total.Events));
            slice.DropIfNothing(new(keys[0], 0));
            slice.DropIfNothing(new(9, 0));
            Assert.Equal(without.Buckets.ToArray().Select(b => (b.Key, b.Total)), slice.Buckets.ToArray().Select(b => (b.Key, b.Total)));
        });
}
