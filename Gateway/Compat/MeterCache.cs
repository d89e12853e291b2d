using System.Collections.Concurrent;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>The meters of tenants, at most a second old.</summary>
internal sealed class MeterCache(IGrainFactory grains, TimeProvider time)
{
    private const int PageSize = 1_000;

    /// <summary>Tenants kept; beyond, all are forgotten.</summary>
    private const int Capacity = 1_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (long Until, Task<MeterDefinition[]> Meters)> _tenants = new(StringComparer.Ordinal);

    /// <summary>All meters of the tenant, by id.</summary>
    public Task<MeterDefinition[]> Of(string tenant)
    {
        var now = time.GetTimestamp();
        if (_tenants.TryGetValue(tenant, out var known) && now < known.Until && !known.Meters.IsFaulted && !known.Meters.IsCanceled)
        {
            return known.Meters;
        }
        if (_tenants.Count >= Capacity)
        {
            _tenants.Clear();
        }
        var asked = ListAsync(tenant);
        _tenants[tenant] = (now + (long)(Lifetime.TotalSeconds * time.TimestampFrequency), asked);
        return asked;
    }

    private async Task<MeterDefinition[]> ListAsync(string tenant)
    {
        var meters = new List<MeterDefinition>();
        string? after = null;
        do
        {
            var page = await grains.GetGrain<ICatalogueGrain>(tenant).ListMeters(after, PageSize);
            meters.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return [.. meters];
    }
}
