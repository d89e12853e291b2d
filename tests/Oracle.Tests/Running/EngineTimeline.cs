using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Running;

/// <summary>A case's life in the product's terms.</summary>
internal static class EngineTimeline
{
    private const int NumbersOfPlan = 100;

    /// <summary>The first instant of what is decided later; <see cref="Instant.MaxValue"/> when nothing is.</summary>
    internal static Instant FirstChange(Case given) => given.Taken.Skip(1).Select(t => t.From)
        .Concat(given.Pauses.Select(p => p.From)).Append(given.IsCancelled ? given.End : Instant.MaxValue).Min();

    /// <summary>As it was created, before anything was changed.</summary>
    internal static PlanTimeline AsCreated(Case given, BillingCalendar calendar) => Of(
        given with { Taken = [given.Taken[0]], Pauses = [], End = given.IsCancelled ? Instant.MaxValue : given.End }, calendar);

    /// <summary>Whether partitions are told it: most subscriptions have no more than their plan.</summary>
    internal static bool IsTold(PlanTimeline timeline) => timeline.Segments.Length > 1 || timeline.Segments[0].Trial is not null;

    internal static PlanTimeline Of(Case given, BillingCalendar calendar)
    {
        var segments = new List<PlanSegment>();
        for (var i = 0; i < given.Taken.Count; i++)
        {
            var (from, plan, agreed, trial) = given.Taken[i];
            var until = i + 1 < given.Taken.Count ? given.Taken[i + 1].From : Instant.MaxValue;
            // Numbers of stages that a change of plan cuts off are not used again.
            var number = i * NumbersOfPlan;
            var stages = PlanStages.Of(plan, new(number, from, plan.Id, i + 1), agreed?.Key, calendar, given.Zone, trial, number + 1);
            segments.AddRange(stages.Where(s => s.From < until));
        }

        return new(
            1, [.. segments], given.End == Instant.MaxValue ? null : given.End,
            given.Pauses.Count == 0
                ? null
                : [.. given.Pauses.Select(p => new SubscriptionPause(p.From, p.To == Instant.MaxValue ? null : p.To, p.BillsUsage))]);
    }

    /// <summary>As it is when everything was decided and told.</summary>
    internal static SubscriptionHistory History(Case given, PlanTimeline timeline)
    {
        var end = new SubscriptionChangeSpec("end", null, null, ChangeWhen.At, given.End);
        AppliedChange[] changes = given.IsCancelled
            ? [new(new(end, given.End, given.Start, null, null), given.End, null, false)]
            : [];
        PlanSegment[] stages = [.. timeline.Segments.Where(s => s.Continues is not null)];
        return new(timeline, changes, NextSegment: given.Taken.Count * NumbersOfPlan, Stages: stages.Length > 0 ? stages : null);
    }
}
