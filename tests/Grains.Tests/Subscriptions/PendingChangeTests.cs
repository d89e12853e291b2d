using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>What a partition does while a change is on its way, from its facts alone.</summary>
public sealed class PendingChangeTests
{
    private static readonly Instant Start = At("2026-06-01T00:00:00Z");
    private static readonly Instant Change = At("2026-06-11T00:00:00Z");

    [Fact]
    public void No_period_that_a_change_touches_is_closed_before_every_partition_has_heard_the_decision()
    {
        var state = Created();
        var subscription = Subscription(state);
        Assert.Equal(At("2026-07-01T00:00:00Z"), subscription.NextEnd());
        state.Apply(new ChangeRequested("t", "s", Intent()));
        Assert.Null(subscription.NextEnd());
        state.Apply(new ChangeDecided("t", "s", "c1", Change, null));
        Assert.Null(Subscription(Restored(state)).NextEnd());
        Assert.Null(subscription.NextEnd());
        state.Apply(new ChangeTold("t", "s", "c1"));
        Assert.Equal(At("2026-07-01T00:00:00Z"), subscription.NextEnd());
        Assert.Equal(2, Subscription(Restored(state)).Timeline.Segments.Length);
    }

    [Fact]
    public void A_refused_change_leaves_the_plans_as_they_are()
    {
        var state = Created();
        var subscription = Subscription(state);
        state.Apply(new ChangeRequested("t", "s", Intent()));
        state.Apply(new ChangeDecided("t", "s", "c1", null, Change + Duration.FromMinutes(1)));
        state.Apply(new ChangeTold("t", "s", "c1"));
        Assert.Equal((1, 1, 0), (subscription.Timeline.Segments.Length, subscription.Timeline.Revision, subscription.History!.Changes.Length));
    }

    [Fact]
    public void Holds_and_withdrawn_segments_survive_a_snapshot_and_an_older_timeline_changes_nothing()
    {
        var state = Created();
        PlanSegment[] first = [new(0, Start, "small", 1)];
        var changed = new PlanTimeline(1, [.. first, new(1, Change, "large", 1)], null);
        state.Apply(new SubscriptionLearned("t", "s", "small", 1, Start, null, "Etc/UTC", "2026-06-01"));
        state.Apply(new TimelineLearned("t", "s", changed, "c1"));
        state.Apply(new SubscriptionLearned("t", "after", "small", 1, Start, null, "Etc/UTC", "2026-06-01"));
        state.Apply(new TimelineLearned("t", "s", changed.Without(1), null));
        state.Apply(new TimelineLearned("t", "s", changed.Without(1).Changed(new(2, Change, "large", 1)), null));
        state.Apply(new TimelineLearned("t", "s", changed, "c1"));
        state.Apply(new UsageHeld("t", "s", "c2", Change));
        foreach (var known in new[] { state, Restored(state), Restored(Restored(state)) })
        {
            var terms = known.Devices.TermsOf(known.Tenant("t")!, "s")!;
            Assert.Equal([0, 1, 0, 2], known.Devices.Terms.Select(t => t.Number));
            Assert.Equal((0, 2), (terms.At(Change.ToUnixTimeTicks() - 1).Number, terms.At(Change.ToUnixTimeTicks()).Number));
            Assert.Equal((3, "c2", Change.ToUnixTimeTicks()), (terms.Timeline!.Told.Revision, terms.Timeline.Hold!.Change, terms.Timeline.Hold.FromTicks));
        }
    }

    private static Grains.Subscriptions.SubscriptionState Subscription(PartitionState state) =>
        state.Subscriptions.Find(state.Tenant("t")!, "s")!;

    private static Grains.Subscriptions.ChangeIntent Intent() =>
        new(new("c1", "large", null, ChangeWhen.At, Change), Change, Start, 1, null);

    private static PartitionState Created()
    {
        var state = new PartitionState(1);
        state.Apply(new TenantLearned(new("t", "t", Start, TimeSpan.FromHours(1), TimeSpan.FromDays(35))));
        state.Apply(new PlanLearned("t", Plan("large"), [new MeterDefinition("m", "m", "kWh")]));
        state.Apply(new SubscriptionCreated(
            "t", new("s", "c", "small", null, Start, null, null, null),
            new(new("s", "c", "small", 1, "EUR", Start, null, "Etc/UTC", "2026-06-01"), Plan("small"), [new MeterDefinition("m", "m", "kWh")])));
        return state;
    }

    private static PartitionState Restored(PartitionState state)
    {
        var chunks = new SnapshotChunks();
        state.WriteSnapshot(chunks.Add);
        var restored = new PartitionState(1);
        SnapshotChunks.ForEach(chunks.Finish(), record => restored.Apply(record, 0));
        return restored;
    }

    private static PlanView Plan(string id) => new(id, 1, Start, PlanJson.Parse($$"""
        {"id":"{{id}}","currency":"EUR","charges":[{"id":"use","meter":"m","unitPrice":"1"}]}
        """).Plan!);
}
