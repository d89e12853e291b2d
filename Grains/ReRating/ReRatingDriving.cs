using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.ReRating;

/// <summary>
/// Carries a re-rating that was started to every subscription. Every step is a fact and may be repeated, by whoever comes by: the
/// caller, another caller, the regular work after a crash.
/// </summary>
internal static class ReRatingDriving
{
    public static async Task Drive(Partition home, IGrainFactory grains, string tenant, string id)
    {
        var view = await home.DoDurably(t => t.State.ReRatings(tenant).Find(id)!);
        if (view.Status != ReRatingStatus.Applying)
        {
            return;
        }
        var catalogue = grains.GetGrain<ICatalogueGrain>(tenant);
        var plan = await catalogue.GetPlan(view.Spec.Plan, view.Version())
            ?? throw new InvalidOperationException($"Plan '{view.Spec.Plan}' of tenant '{tenant}' has lost a version.");
        var query = new ReRatingQuery(tenant, view.Spec, await Terms(catalogue, plan), 0);
        var shares = view.Subscriptions
            .GroupBy(s => PartitionMap.Of(EntityKind.Subscription, tenant, s.Subscription, home.PartitionCount))
            .Select(share => grains.GetGrain<IPartitionGrain>(share.Key)
                .ApplyReRating(query, [.. share.Select(s => s with { Periods = [] })]));
        await Task.WhenAll(shares);
        await home.DoDurably(t =>
        {
            if (t.State.ReRatings(tenant).Find(id)!.Status == ReRatingStatus.Applying)
            {
                t.Append(new ReRatingApplied(tenant, id));
            }
            return true;
        });
    }

    /// <summary>Drives what a crash, or a partition that was away, left undone.</summary>
    public static async Task DriveAll(Partition home, IGrainFactory grains)
    {
        foreach (var (tenant, id) in home.Do(t => t.State.Tenants.SelectMany(x => t.State.ReRatings(x.Id).All
            .Where(r => r.Status == ReRatingStatus.Applying).Select(r => (x.Id, r.Spec.Id))).ToArray()))
        {
            await Drive(home, grains, tenant, id);
        }
    }

    /// <summary>A plan with the meters that its charges name.</summary>
    public static async Task<PlanTerms> Terms(ICatalogueGrain catalogue, PlanView plan)
    {
        var meters = new List<MeterDefinition>();
        foreach (var meter in plan.Definition.Charges.Select(c => c.Meter).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            meters.Add(await catalogue.GetMeter(meter)
                ?? throw new InvalidOperationException($"Plan '{plan.Id}' names a meter '{meter}' that is gone."));
        }
        return new(plan, [.. meters]);
    }
}
