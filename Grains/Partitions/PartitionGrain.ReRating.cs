using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.ReRating;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Periods of this partition's subscriptions by a corrected plan.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<ReRatedSubscription[]> TryReRating(ReRatingQuery query)
    {
        var partition = await host.Acquire(Number);
        await Task.WhenAll(Enumerable.Range(0, partition.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).FlushTo(partition.Number, partition.Epoch)));
        var wanted = await partition.DoDurably(t => t.State.Tenant(query.Tenant) is { } tenant
            ? t.State.Subscriptions.All
                .Where(s => s.Tenant == tenant && Wants(query.Spec, s)).Take(query.Limit).ToArray()
            : []);
        var corrected = wanted.Length == 0 ? null : new PlanEntry(wanted[0].Tenant, query.Corrected.Plan, query.Corrected.Meters);
        var found = new List<ReRatedSubscription>();
        foreach (var subscription in wanted)
        {
            // One subscription a turn: usage goes on between them.
            if (await partition.DoDurably(t => ReRatingTrial.Of(
                subscription, query.Spec, corrected!, subscription.Tenant.Now(partition.Time))) is { } changed)
            {
                found.Add(changed);
            }
        }
        return [.. found];
    }

    public async Task ApplyReRating(ReRatingQuery query, ReRatedSubscription[] subscriptions)
    {
        var partition = await host.Acquire(Number);
        await partition.DoDurably(t =>
        {
            var tenant = t.State.Tenant(query.Tenant)!;
            foreach (var item in subscriptions)
            {
                var subscription = t.State.Subscriptions.Find(tenant, item.Subscription)!;
                if (subscription.ReRated.Any(r => r.Id == query.Spec.Id))
                {
                    continue;
                }
                if (t.State.Plans.Find(tenant, query.Corrected.Plan.Id, query.Corrected.Plan.Version, variant: null) is null)
                {
                    t.Append(new PlanLearned(query.Tenant, query.Corrected.Plan, query.Corrected.Meters));
                }
                t.Append(new PeriodsReRated(
                    query.Tenant, item.Subscription, query.Spec.Id, query.Spec.Plan, query.Spec.WrongVersion, query.Corrected.Plan.Version,
                    item.FirstPeriod, item.LastPeriod, subscription.ClosedThrough + 1, Variants: true));
            }
            return true;
        });
    }

    private static bool Wants(ReRatingSpec spec, SubscriptionState subscription) =>
        (spec.Customers.Length == 0 || spec.Customers.Contains(subscription.View.Customer))
        && (spec.Subscriptions.Length == 0 || spec.Subscriptions.Contains(subscription.View.Id))
        && subscription.Timeline.Segments.Any(s => s.Plan == spec.Plan);
}
