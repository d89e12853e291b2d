using CsCheck;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Tests.Devices;

public sealed class EventIdIndexTests
{
    // Ids that share their low bits meet in the same slots.
    private static readonly Gen<UInt128> Ids = Gen.Select(
        Gen.OneOf(Gen.ULong, Gen.Int[0, 40].Select(i => (ulong)i << 32)), Gen.OneOf(Gen.ULong, Gen.ULong[0, 3]), (high, low) => new UInt128(high, low));

    [Fact]
    public void It_knows_what_was_added_with_its_newest_content_and_nothing_else() =>
        Gen.Select(Gen.Select(Ids, Gen.ULong[0, 5]).Array[0, 200], Ids.Array[0, 50]).Sample((added, asked) =>
        {
            var index = new EventIdIndex();
            var model = new Dictionary<UInt128, ulong>();
            foreach (var (id, content) in added)
            {
                index.Add(id, content);
                model[id] = content;
            }
            Assert.Equal(model.Count, index.Count);
            foreach (var id in model.Keys.Concat(asked))
            {
                Assert.Equal(model.TryGetValue(id, out var content), index.TryGet(id, out var found));
                Assert.Equal(content, found);
            }
        });

    [Fact]
    public void It_tells_its_entries_in_the_order_they_came_also_beyond_one_chunk_and_record()
    {
        var index = new EventIdIndex();
        var ids = Enumerable.Range(0, 100_000).Select(i => EventIdIndex.IdOf(i % 7, $"event {i}")).ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            index.Add(ids[i], (ulong)i);
        }
        index.Add(ids[17], 99);
        var told = StoredEventIds.Of(index);
        Assert.Equal(ids, told.Select(e => e.Id));
        Assert.Equal(99UL, told[17].Content);
        Assert.All(Enumerable.Range(18, 9_000), i => Assert.True(index.TryGet(ids[i], out var content) && content == (ulong)i));
    }

    [Fact]
    public void A_copy_tells_what_was_there_when_it_was_taken()
    {
        var index = new EventIdIndex();
        index.Add(1, 10);
        index.Add(2, 20);
        var copy = index.Copy();
        for (var i = 3; i < 5_000; i++)
        {
            index.Add((UInt128)i, 0);
        }
        var record = copy.Records().Single();
        Assert.Equal(1 + 1 + (2 * 24), record.Length);
    }

    [Fact]
    public void Trailing_zeros_go_exactly_as_division_by_one_takes_them() =>
        Gen.OneOf(
            Gen.Decimal,
            Gen.Select(Gen.Int[0, 2_000_000], Gen.Byte[0, 28], (mantissa, scale) => new decimal(mantissa, 0, 0, false, scale)),
            Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28], (a, b, c, negative, scale) => new decimal(a, b, c, negative, scale)),
            Gen.OneOf([.. new[] { 0m, 0.00m, -0.0m, 1.0m, 10m, 100.00m, decimal.MaxValue, 1e-28m }.Select(Gen.Const)])).Sample(value =>
            Assert.Equal(
                decimal.GetBits(value / 1.0000000000000000000000000000m),
                decimal.GetBits(EventIdIndex.WithoutTrailingZeros(value))));
}
