using CsCheck;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Tests.Tenants;

public sealed class IdStoreTests
{
    [Fact]
    public void Every_id_is_found_at_its_place_also_beyond_many_chunks() =>
        Gen.String[Gen.Char['!', '\u2fff'], 1, 128].Array[1, 3_000].Sample(
            ids =>
            {
                var store = new IdStore();
                var places = ids.Select(store.Add).ToArray();
                Assert.Equal(ids, places.Select(store.Get));
                Assert.Equal(ids.Length, places.Distinct().Count());
            },
            iter: 50);
}
