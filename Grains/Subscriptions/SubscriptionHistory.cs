using NodaTime;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// What was changed in a subscription since it was created. Stored; immutable, each fact makes the next one. See docs/adr/0013.
/// </summary>
/// <param name="Changes">In the order in which they were decided.</param>
/// <param name="Pending">Asked for and not decided.</param>
/// <param name="Untold">The decided change that not every partition has confirmed.</param>
/// <param name="OpenFrom">While a change is pending or untold: no period that ends later is closed.</param>
/// <param name="NextSegment">Number of the next segment.</param>
/// <param name="Stages">Every segment that continues one, of all plans that it ever had; null: none.</param>
internal sealed record SubscriptionHistory(
    PlanTimeline Timeline, AppliedChange[] Changes, ChangeIntent? Pending = null, string? Untold = null,
    Instant? OpenFrom = null, ChangeRefusal? Refused = null, int NextSegment = 1, PlanSegment[]? Stages = null)
{
    /// <summary>Changes of one subscription, so that what is told of it stays small.</summary>
    public const int MaxChanges = 1_000;

    /// <summary>Whether something is left to do for a change.</summary>
    public bool IsUnsettled => Pending is not null || Untold is not null;

    public AppliedChange? Find(string id) => Array.Find(Changes, c => c.Intent.Spec.Id == id);

    public SubscriptionHistory Apply(ChangeIntent intent) =>
        this with { Pending = intent, OpenFrom = intent.From, Refused = null };

    /// <summary>The decision of the pending change.</summary>
    /// <param name="at">Null when it was refused; then the timeline stays as it is.</param>
    /// <param name="end">The end that the subscription was created with.</param>
    /// <param name="reason">Why it is impossible whenever it begins; null otherwise.</param>
    /// <param name="stages">Of the plan that begins, where it has several.</param>
    public SubscriptionHistory Decide(
        Instant? at, Instant? earliest, Instant? end, string? reason = null, PlanSegment[]? stages = null)
    {
        var intent = Pending! with { By = null };
        var decided = this with { Pending = null, Untold = intent.Spec.Id };
        return at is not { } from
            ? decided with { Timeline = Timeline.Unchanged(), Refused = new(intent.Spec.Id, earliest!.Value, reason) }
            : intent.Withdraws is { } withdrawn ? decided.Withdraw(Find(withdrawn)!, end)
            : intent.Spec.Plan is { } plan ? decided.Change(
                intent, from, stages ?? [new(NextSegment, from, plan, intent.PlanVersion!.Value, intent.Spec.Overrides?.Key)])
            : intent.Spec.Kind is { } kind ? decided with
            {
                Timeline = Timeline.Pausing(PauseRules.Changed(Timeline.Pauses ?? [], kind, from, intent.BillsUsage == true)),
                Changes = [.. Changes, new(intent, from, null, false)],
            }
            : decided with { Timeline = Timeline.Ending(from), Changes = [.. Changes, new(intent, from, null, false)] };
    }

    public SubscriptionHistory Tell() => this with { Untold = null, OpenFrom = null };

    private SubscriptionHistory Change(ChangeIntent intent, Instant from, PlanSegment[] segments)
    {
        var segment = segments[0];
        var timeline = intent.IsBackdated ? Timeline.Unstaged().Replaced(segment) : Timeline.Unstaged().Changed(segment);
        PlanSegment[] stages = [.. Stages ?? [], .. segments[1..]];
        return this with
        {
            Timeline = timeline.Staged(stages),
            Stages = stages.Length > 0 ? stages : null,
            Changes =
            [
                .. Changes.Select(c => c is { Segment: { } number, Withdrawn: false }
                    && !Array.Exists(timeline.Segments, s => s.Number == number) ? c with { Replaced = true } : c),
                new(intent, from, segment.Number, false),
            ],
            NextSegment = NextSegment + segments.Length,
        };
    }

    private SubscriptionHistory Withdraw(AppliedChange change, Instant? end) => this with
    {
        Timeline = change.Segment is { } number ? Timeline.Unstaged().Without(number).Staged(Stages ?? [])
            : change.Intent.Spec.Kind is { } kind ? Timeline.Pausing(PauseRules.Withdrawn(Timeline.Pauses ?? [], kind))
            : Timeline.Ending(end),
        Changes = [.. Changes.Select(c => c == change ? c with { Withdrawn = true } : c)],
    };
}
