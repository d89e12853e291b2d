using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>This partition's part in changes of plan. See docs/adr/0013.</summary>
internal sealed partial class PartitionGrain
{
    /// <summary>Changes that one batch may wait for; more of them at once are told to come again.</summary>
    private const int MaxHeld = 100;

    public async Task<Instant> HoldUsage(UsageHold hold)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably(t => Hold(t, hold));
    }

    public async Task LearnTimeline(string tenant, string subscription, SubscriptionTimeline timeline, string change)
    {
        var partition = await host.Acquire(Number);
        var rerated = await UsageReratings.Of(partition, host.Store, tenant, subscription, timeline);
        await partition.DoDurably(t =>
        {
            if (t.State.Tenant(tenant) is { } copy && t.State.Devices.TermsOf(copy, subscription) is not null)
            {
                TimelineLearning.Learn(t, copy, subscription, timeline, change, rerated);
            }
            else
            {
                t.State.Devices.UnknownTimelines++;
            }
            return true;
        });
    }

    internal static Instant Hold(Partition.Turn turn, UsageHold hold)
    {
        if (turn.State.Tenant(hold.Tenant) is not { } tenant
            || turn.State.Devices.TermsOf(tenant, hold.Subscription) is not { } first)
        {
            turn.State.Devices.UnknownTimelines++;
            return hold.From;
        }
        if (first.Timeline is { } timeline)
        {
            if (timeline.Told.Revision > hold.Revision)
            {
                return hold.From;
            }
            if (timeline.Hold is { } known && known.Change == hold.Change)
            {
                return Instant.FromUnixTimeTicks(known.FromTicks);
            }
        }
        var free = hold.Backdated ? hold.From : turn.State.Devices.FreeFrom(first, hold.From);
        if (free == hold.From || !hold.Exactly)
        {
            turn.Append(new UsageHeld(hold.Tenant, hold.Subscription, hold.Change, free));
        }
        return free;
    }

    /// <summary>A turn that places usage, after every change of plan that some of it depends on.</summary>
    /// <param name="held">Finds a subscription that has to be decided first; null when there is none.</param>
    /// <exception cref="PartitionUnavailableException">A change cannot be decided now.</exception>
    private async Task<T> PlaceSettled<T>(
        Partition partition, Func<PartitionState, TermsEntry?> held, Func<Partition.Turn, T> place, bool waits = true)
        where T : class
    {
        for (var changes = 0; changes <= MaxHeld; changes++)
        {
            TermsEntry? undecided = null;
            T? Placed(Partition.Turn turn) => (undecided = held(turn.State)) is null ? place(turn) : null;
            var results = waits ? await partition.DoDurably(Placed) : partition.Do(Placed);
            if (results is not null)
            {
                return results;
            }
            await Settle(partition, undecided!);
        }
        throw new PartitionUnavailableException("Many changes of plan are being decided; send the same events again later.");
    }

    /// <summary>Has the owner decide, and takes the decision here if it did not come by itself.</summary>
    private async Task Settle(Partition partition, TermsEntry held)
    {
        var (id, change) = partition.Do(_ => (held.Id, held.Timeline?.Hold?.Change));
        if (change is null)
        {
            return;
        }
        var timeline = await GrainFactory.GetGrain<ISubscriptionGrain>(EntityKey.Of(held.Tenant.Id, id)).Settle()
            ?? throw new InvalidOperationException($"Subscription '{id}' of tenant '{held.Tenant.Id}' is gone.");
        if (timeline.Pending?.Change != change)
        {
            var rerated = await UsageReratings.Of(partition, host.Store, held.Tenant.Id, id, timeline);
            partition.Do(t => TimelineLearning.Learn(t, held.Tenant, id, timeline, change, rerated));
        }
    }
}
