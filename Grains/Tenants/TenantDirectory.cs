using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tenants;

/// <summary>State of the tenant directory, kept by the partition that owns it.</summary>
internal sealed class TenantDirectory
{
    private readonly SortedDictionary<string, TenantView> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiKeyRecord> _keys = new(StringComparer.Ordinal);

    public bool HasOperatorKey { get; private set; }

    public TenantView? Find(string tenant) => _tenants.GetValueOrDefault(tenant);

    public ApiKeyRecord? FindKey(string sha256) => _keys.GetValueOrDefault(sha256);

    public TenantView[] All() => [.. _tenants.Values];

    public void Apply(TenantAdded fact) => _tenants[fact.Tenant.Id] = fact.Tenant;

    public void Apply(KeyAdded fact)
    {
        _keys[fact.Key.Sha256] = fact.Key;
        HasOperatorKey |= fact.Key.Operator;
    }

    public IEnumerable<object> Facts() =>
        _tenants.Values.Select(t => (object)new TenantAdded(t)).Concat(_keys.Values.Select(k => new KeyAdded(k)));
}
