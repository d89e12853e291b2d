using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>A change as it was asked for, all defaults filled in. Stored.</summary>
/// <param name="Spec">As it was asked for, to tell a repeat from a conflict.</param>
/// <param name="From">Usage from here on is held until the decision; the change begins here, or later when it may.</param>
/// <param name="PlanVersion">The version that begins; null for an end.</param>
/// <param name="Withdraws">The id of the change that is withdrawn; null for a change.</param>
/// <param name="BillsUsage">Of a pause: whether usage in it is billed, by the pause itself or by the plan that it begins in.</param>
/// <param name="By">Who asked, until it is decided: the audit trail says so then.</param>
internal sealed record ChangeIntent(
    SubscriptionChangeSpec Spec, Instant From, Instant RequestedAt, int? PlanVersion, string? Withdraws, bool? BillsUsage = null,
    ChangeCaller? By = null)
{
    /// <summary>Whether usage that is rated already is rated again.</summary>
    public bool IsBackdated => Withdraws is null && Spec.When == ChangeWhen.PeriodStart;

    /// <summary>Whether it begins at that instant or not at all.</summary>
    public bool IsExact => Withdraws is not null || Spec.When != ChangeWhen.Now;
}
