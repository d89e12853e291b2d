using CsCheck;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Tests.Devices;

public sealed class IdIndexTests
{
    [Fact]
    public void It_finds_each_entry_by_tenant_and_id_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 1], Gen.OneOf(Gen.Int[0, 400].Select(i => $"device-{i}"), Gen.String[Gen.Char['!', '\u2fff'], 1, 128])).Array[0, 500]
            .Sample(named =>
            {
                TenantCopy[] tenants = [Tenant("a"), Tenant("b")];
                var table = new List<Entity>();
                var index = new IdIndex<Entity>(table);
                foreach (var (tenant, id) in named.Distinct())
                {
                    Assert.Null(index.Find(tenants[tenant], id));
                    table.Add(new(tenants[tenant], id));
                    index.AddNewest();
                }
                Assert.All(table, e => Assert.Same(e, index.Find(e.Tenant, e.Id)));
                Assert.All(table, e => Assert.Null(index.Find(e.Tenant, e.Id + "x-")));
            });

    private static TenantCopy Tenant(string id) => new(new(id, id, null, TimeSpan.Zero, TimeSpan.FromDays(35)));

    private sealed record Entity(TenantCopy Tenant, string Id) : ITenantEntity
    {
        public int IdPlace { get; } = Tenant.Ids.Add(Id);
    }
}
