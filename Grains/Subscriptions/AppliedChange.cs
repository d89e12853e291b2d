using NodaTime;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>A change that was decided. Stored.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Segment">Number of its plan segment; null for an end.</param>
internal sealed record AppliedChange(ChangeIntent Intent, Instant At, int? Segment, bool Withdrawn)
{
    /// <summary>The change as callers see it.</summary>
    public SubscriptionChange View(Instant now) => new(
        Intent.Spec.Id, Segment is null ? "cancel" : "plan", Intent.Spec.Plan, Intent.PlanVersion, At, Intent.RequestedAt,
        Withdrawn ? "withdrawn" : At <= now ? "begun" : "scheduled");
}
