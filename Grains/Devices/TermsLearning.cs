using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>Gives the partition of devices what it must know of their subscription.</summary>
internal static class TermsLearning
{
    /// <summary>
    /// Copies a subscription's terms into this partition's log, so that it can rate alone; false when there are none.
    /// </summary>
    public static async Task<bool> Learn(Partition home, IGrainFactory grains, string tenant, string subscription)
    {
        if (home.Do(t => t.State.Devices.TermsOf(TenantOf(t, tenant), subscription) is not null))
        {
            return true;
        }
        while (true)
        {
            // Terms that were read before a change asked this partition, and come in after it, would not know of the change.
            var asked = home.Do(t => t.State.Devices.UnknownTimelines);
            var terms = await grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(tenant, subscription)).Terms();
            if (terms is null)
            {
                return false;
            }
            if (home.Do(t => t.State.Devices.UnknownTimelines == asked && Learn(t, tenant, subscription, terms)))
            {
                return true;
            }
        }
    }

    private static bool Learn(Partition.Turn t, string tenantId, string subscription, SubscriptionTerms terms)
    {
        var tenant = TenantOf(t, tenantId);
        if (t.State.Devices.TermsOf(tenant, subscription) is not null)
        {
            return true;
        }
        TimelineLearning.LearnPlan(t, tenant, new(terms.Plan, terms.Meters));
        var view = terms.Subscription;
        t.Append(new SubscriptionLearned(
            tenantId, view.Id, view.Plan, view.PlanVersion, view.Start, view.End, view.TimeZone, view.AnchorDate,
            terms.Variant ?? terms.Plan.Overrides?.Key));
        if (terms.Timeline is { } timeline)
        {
            TimelineLearning.Learn(t, tenant, subscription, timeline, null);
            if (timeline.Pending is { } pending)
            {
                t.Append(new UsageHeld(tenantId, subscription, pending.Change, pending.From));
            }
        }
        return true;
    }

    private static TenantCopy TenantOf(Partition.Turn turn, string tenant) => EntityGrain.TenantOf(turn, tenant);
}
