using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Pauses of a subscription: one after another, each resumed before the next begins. See docs/adr/0019.</summary>
internal static class PauseRules
{
    /// <summary>Whether usage in a pause is billed: as the command says, or else the plan in force when it begins. Null for no pause.</summary>
    public static bool? BillsUsage(SubscriptionState subscription, SubscriptionChangeSpec spec, Instant from) =>
        spec.Kind != ChangeKind.Pause ? null
        : spec.BillsUsage ?? subscription.PlanOf(subscription.Timeline.At(from)).View.Definition.PausedUsage == UsageInPause.Billed;

    /// <summary>The pauses after one was begun or resumed.</summary>
    public static IEnumerable<SubscriptionPause> Changed(
        SubscriptionPause[] pauses, ChangeKind kind, Instant from, bool billsUsage) => kind == ChangeKind.Pause
            ? [.. pauses, new(from, null, billsUsage)]
            : [.. pauses[..^1], pauses[^1] with { To = from }];

    /// <summary>The pauses without the last command, which never came into force.</summary>
    public static IEnumerable<SubscriptionPause> Withdrawn(SubscriptionPause[] pauses, ChangeKind kind) => kind == ChangeKind.Pause
        ? pauses[..^1]
        : [.. pauses[..^1], pauses[^1] with { To = null }];

    /// <summary>Why a pause cannot begin, or be resumed, at an instant; null when it can.</summary>
    public static CommandResult<SubscriptionChange>? Error(SubscriptionState subscription, ChangeKind kind, Instant from)
    {
        var last = subscription.Timeline.Pauses is [.., var newest] ? newest : null;
        if (kind == ChangeKind.Resume)
        {
            return last is not { To: null }
                ? Conflict("subscription.not_paused", "It is not paused, and no pause is scheduled that could be resumed.")
                : from <= last.From
                ? Conflict(
                    "subscription.resume_before_pause",
                    $"The pause begins at {Text(last.From)}; resume it after that, or withdraw it before it begins.", "/when")
                : null;
        }
        return last is { To: null }
            ? Conflict("subscription.paused", $"It is paused from {Text(last.From)} on already; resume it first.")
            : from < last?.To
            ? Conflict(
                "subscription.pause_overlaps", $"The last pause ends at {Text(last.To.Value)}; the next can begin then at the earliest.", "/when")
            : from < subscription.View.Start
            ? Conflict("subscription.change_before_start", $"It begins at {Text(subscription.View.Start)}; pause it then or later.", "/when")
            : null;
    }

    /// <summary>Why a command cannot be withdrawn before another; null when it can.</summary>
    public static CommandResult<SubscriptionChange>? WithdrawalError(SubscriptionState subscription, AppliedChange change) =>
        change.Intent.Spec.Kind is { } kind && subscription.Timeline.Pauses is [.., var last]
        && (kind == ChangeKind.Pause ? (last.From, last.To is null) : (last.To, true)) != (change.At, true)
            ? Conflict(
                "subscription.change_scheduled", "A later pause or resumption depends on it; withdraw that one first.")
            : null;

    private static CommandResult<SubscriptionChange> Conflict(string code, string message, string? pointer = null) =>
        CommandResult.Conflict<SubscriptionChange>(code, message, pointer);

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
