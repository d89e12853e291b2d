using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Quantities bought for charges of the subscription. See docs/adr/0026.</summary>
internal sealed partial class SubscriptionGrain
{
    public async Task<CommandResult<PackView>> GrantPack(PackSpec spec)
    {
        var home = await WithFlushedUsage();
        return await home.DoDurably(t => Find(t) is { } found
            ? PackRules.Grant(t, found, spec, found.Tenant.Now(home.Time))
            : CommandResult.NotFound<PackView>("subscription.unknown", $"There is no subscription '{Key.Id}'."));
    }

    public async Task<PackView[]?> Packs()
    {
        var home = await WithFlushedUsage();
        return await home.DoDurably(t => Find(t) is { } found
            ? found.Packs.Select(pack => PackRules.View(found, pack, found.Tenant.Now(home.Time))).ToArray()
            : null);
    }

    /// <summary>The partition, once every other one has told it all usage that was answered before.</summary>
    private async Task<Partition> WithFlushedUsage()
    {
        var home = await Home();
        if (home.Do(t => Find(t) is not null))
        {
            await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
                .Select(p => GrainFactory.GetGrain<Contracts.Partitions.IPartitionGrain>(p).FlushTo(home.Number, home.Epoch)));
        }
        return home;
    }
}
