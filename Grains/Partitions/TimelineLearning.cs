using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Takes a subscription's plans into the log of a partition of its devices.</summary>
internal static class TimelineLearning
{
    /// <param name="change">The change whose hold ends, or null.</param>
    /// <param name="rerated">The usage that the newest change moves; null when none.</param>
    public static void Learn(
        Partition.Turn turn, TenantCopy tenant, string subscription, SubscriptionTimeline timeline, string? change,
        UsageRerated? rerated = null)
    {
        var known = turn.State.Devices.TermsOf(tenant, subscription)!.Timeline;
        if (timeline.Timeline.Revision <= (known?.Told.Revision ?? 0) && (change is null || known?.Hold?.Change != change))
        {
            return;
        }
        foreach (var plan in timeline.Plans)
        {
            LearnPlan(turn, tenant, plan);
        }
        // Another call may have learnt the change while this one read the archive: then nothing moves again.
        rerated = known?.Entries.Exists(e => e.Number == rerated?.Segment) == true ? null : rerated;
        turn.Append(new TimelineLearned(tenant.Id, subscription, timeline.Timeline, change));
        if (rerated is not null)
        {
            turn.Append(rerated);
        }
    }

    public static void LearnPlan(Partition.Turn turn, TenantCopy tenant, PlanTerms terms)
    {
        if (turn.State.Plans.Find(tenant, terms.Plan.Id, terms.Plan.Version, terms.Plan.Overrides?.Key) is null)
        {
            turn.Append(new PlanLearned(tenant.Id, terms.Plan, terms.Meters));
        }
    }
}
