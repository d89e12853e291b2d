using NodaTime;
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

    /// <summary>The key that addresses call so; null when the tenant has none, or when it is an operator's and is not to be seen.</summary>
    public ApiKeyRecord? FindKey(string tenant, string id, bool operators) =>
        _keys.Values.FirstOrDefault(k => k.Tenant == tenant && k.Id() == id && (operators || !k.Operator));

    /// <summary>Oldest first.</summary>
    public ApiKeyRecord[] KeysOf(string tenant) =>
        [.. _keys.Values.Where(k => k.Tenant == tenant).OrderBy(k => k.CreatedAt).ThenBy(k => k.Sha256, StringComparer.Ordinal)];

    /// <summary>Whether an operator could still get in for ever without this key.</summary>
    public bool OperatorsCanDoWithout(ApiKeyRecord key, Instant now) => !key.Operator
        || _keys.Values.Any(k => k.Operator && k.ExpiresAt is null && k.Sha256 != key.Sha256 && k.IsUsable(now));

    public TenantView[] All() => [.. _tenants.Values];

    public void Apply(TenantAdded fact) => _tenants[fact.Tenant.Id] = fact.Tenant;

    public void Apply(KeyAdded fact)
    {
        _keys[fact.Key.Sha256] = fact.Key;
        HasOperatorKey |= fact.Key.Operator;
    }

    public void Apply(KeyChanged fact) => _keys[fact.Key.Sha256] = fact.Key;

    public IEnumerable<object> Facts() =>
        _tenants.Values.Select(t => (object)new TenantAdded(t)).Concat(_keys.Values.Select(k => new KeyAdded(k)));
}
