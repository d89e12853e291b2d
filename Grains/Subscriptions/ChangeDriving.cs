using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// Carries a change of a subscription from the request to the last partition that hears of it. Every step is a fact and may be
/// repeated, by whoever comes by: the caller, a partition that met held usage, the regular work after a crash. See docs/adr/0013.
/// </summary>
internal static class ChangeDriving
{
    /// <summary>Does all that is left to do for a subscription's change.</summary>
    /// <exception cref="PartitionUnavailableException">A partition does not answer; what was done stays done.</exception>
    public static async Task Drive(Partition home, IGrainFactory grains, string tenant, string subscription)
    {
        if (home.Do(t => Find(t, tenant, subscription)?.History is { Pending: { } p } h ? (p, h.Timeline.Revision) : default)
            is ({ } pending, var revision))
        {
            await home.Durable(home.Log.LastLsn);
            var hold = new UsageHold(
                tenant, subscription, pending.Spec.Id, revision, pending.From, pending.IsExact, pending.IsBackdated);
            var free = await AskAll(home, grains, partition => partition.HoldUsage(hold));
            var reason = pending.IsBackdated ? await BackdatedCheck.Of(home, grains, tenant, subscription, pending) : null;
            home.Do(t => Decide(t, tenant, subscription, pending, free.Max(), reason));
        }
        if (await home.DoDurably(t => Find(t, tenant, subscription) is { History.Untold: { } u } s ? (u, s) : default)
            is ({ } untold, var state))
        {
            await grains.GetGrain<ICustomerGrain>(EntityKey.Of(tenant, state.View.Customer))
                .EndSubscription(subscription, state.Timeline.End);
            var told = state.Told;
            await AskAll(home, grains, async partition =>
            {
                await partition.LearnTimeline(tenant, subscription, told, untold);
                return true;
            });
            home.Do(t =>
            {
                if (Find(t, tenant, subscription)?.History?.Untold == untold)
                {
                    t.Append(new ChangeTold(tenant, subscription, untold));
                }
            });
        }
    }

    /// <summary>Drives every change of the partition that a crash, or a partition that was away, left undone.</summary>
    public static async Task DriveAll(Partition home, IGrainFactory grains)
    {
        var unsettled = home.Do(t => t.State.Subscriptions.All.Where(s => s.History is { IsUnsettled: true })
            .Select(s => (s.Tenant.Id, s.Spec.Id)).ToArray());
        foreach (var (tenant, subscription) in unsettled)
        {
            await Drive(home, grains, tenant, subscription);
        }
    }

    internal static SubscriptionState? Find(Partition.Turn turn, string tenant, string subscription) =>
        turn.State.Tenant(tenant) is { } copy ? turn.State.Subscriptions.Find(copy, subscription) : null;

    /// <summary>Whoever asked for the same change at the same time may have decided it already.</summary>
    private static void Decide(Partition.Turn turn, string tenant, string subscription, ChangeIntent pending, Instant free, string? reason)
    {
        if (Find(turn, tenant, subscription) is { History: { Pending: { } still } history } && still == pending)
        {
            var possible = reason is null && (pending.IsExact
                ? free <= pending.From
                : history.Timeline.End is null || free < history.Timeline.End);
            Instant? at = possible ? Instant.Max(free, pending.From) : null;
            turn.Append(new ChangeDecided(
                tenant, subscription, pending.Spec.Id, at, possible ? null : free, reason, Stages(turn, tenant, subscription, pending, at)));
        }
    }

    /// <summary>The stages of the plan that begins; null where it has one only. A change has no trial.</summary>
    private static PlanSegment[]? Stages(Partition.Turn turn, string tenant, string subscription, ChangeIntent intent, Instant? at)
    {
        if (at is not { } from || intent.Withdraws is not null || intent.Spec is not { Plan: { } plan, Overrides: var overrides })
        {
            return null;
        }
        var found = Find(turn, tenant, subscription)!;
        var entry = turn.State.Plans.Get(found.Tenant, plan, intent.PlanVersion!.Value, overrides?.Key);
        var number = found.History!.NextSegment;
        var stages = PlanStages.Of(
            entry.View.Definition, new(number, from, plan, intent.PlanVersion.Value), overrides?.Key, found.Calendar, found.Zone,
            withTrial: false, number + 1);
        return stages.Length > 1 ? stages : null;
    }

    internal static Task<T[]> AskAll<T>(Partition home, IGrainFactory grains, Func<IPartitionGrain, Task<T>> ask) => Task.WhenAll(
        Enumerable.Range(0, home.PartitionCount).Select(p => ask(grains.GetGrain<IPartitionGrain>(p))));
}
