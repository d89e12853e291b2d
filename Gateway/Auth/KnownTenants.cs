using System.Collections.Concurrent;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Tenants that were asked for and exist: none ever goes away, so that each is asked for once.</summary>
internal sealed class KnownTenants(IGrainFactory grains, ClusterChanges changes)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public async ValueTask<bool> ExistsAsync(string tenant)
    {
        if (_known.ContainsKey(tenant))
        {
            return true;
        }
        var exists = await changes.AskAsync(() => grains.GetGrain<ITenantDirectoryGrain>(0).Get(tenant)) is not null;
        if (exists)
        {
            _known.TryAdd(tenant, true);
        }
        return exists;
    }
}
