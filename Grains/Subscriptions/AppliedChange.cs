using NodaTime;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>A change that was decided. Stored.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Segment">Number of its plan segment; null where no plan begins.</param>
/// <param name="Replaced">Whether a later, back-dated change took its place.</param>
internal sealed record AppliedChange(ChangeIntent Intent, Instant At, int? Segment, bool Withdrawn, bool Replaced = false)
{
    /// <summary>The change as callers see it.</summary>
    public SubscriptionChange View(Instant now) => new(
        Intent.Spec.Id, KindOf(Intent.Spec), Intent.Spec.Plan, Intent.PlanVersion, At, Intent.RequestedAt,
        Withdrawn ? "withdrawn" : Replaced ? "replaced" : At <= now ? "begun" : "scheduled", Intent.Spec.Overrides);

    /// <summary>Whether it ends the subscription.</summary>
    public bool IsEnd => Intent.Spec is { Kind: null, Plan: null };

    private static string KindOf(SubscriptionChangeSpec spec) => spec.Kind switch
    {
        ChangeKind.Pause => "pause",
        ChangeKind.Resume => "resume",
        _ => spec.Plan is null ? "cancel" : "plan",
    };
}
