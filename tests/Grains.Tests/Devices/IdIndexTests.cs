using CsCheck;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Tests.Devices;

public sealed class IdIndexTests
{
    private static readonly TenantCopy[] Tenants =
        [.. new[] { "a", "b" }.Select(id => new TenantCopy(new(id, id, null, TimeSpan.Zero, TimeSpan.FromDays(35))))];

    [Fact]
    public void It_finds_each_entry_by_tenant_and_id_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 1], Gen.OneOf(Gen.Int[0, 400].Select(i => $"device-{i}"), Gen.String[1, 20])).Array[0, 500]
            .Sample(named =>
            {
                var table = new List<Entity>();
                var index = new IdIndex<Entity>(table);
                foreach (var (tenant, id) in named.Distinct())
                {
                    Assert.Null(index.Find(Tenants[tenant], id));
                    table.Add(new(Tenants[tenant], id));
                    index.AddNewest();
                }
                Assert.All(table, e => Assert.Same(e, index.Find(e.Tenant, e.Id)));
                Assert.All(table, e => Assert.Null(index.Find(e.Tenant, e.Id + "x-")));
            });

    private sealed record Entity(TenantCopy Tenant, string Id) : ITenantEntity;
}
