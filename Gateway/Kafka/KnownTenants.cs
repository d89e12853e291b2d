using System.Collections.Concurrent;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Which tenants there are. One that exists stays, so it is asked for once; one that does not is asked for again.</summary>
internal sealed class KnownTenants(IGrainFactory grains, ClusterChanges changes)
{
    /// <summary>Tenants kept; beyond, all are forgotten.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether there is such a tenant.</summary>
    public async ValueTask<bool> ExistsAsync(string tenant, CancellationToken cancel)
    {
        if (_known.ContainsKey(tenant))
        {
            return true;
        }
        var directory = grains.GetGrain<ITenantDirectoryGrain>(0);
        if (await changes.AskAsync(() => directory.Get(tenant)).WaitAsync(cancel) is null)
        {
            return false;
        }
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }
        _known[tenant] = true;
        return true;
    }
}
