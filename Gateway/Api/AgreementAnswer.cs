using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Gateway.Api;

/// <summary>An agreement over all subscriptions of a customer.</summary>
/// <param name="To">First instant that no longer is of it; null for one that goes on.</param>
/// <param name="AgreedAt">The tenant's clock when it was made.</param>
internal sealed record AgreementAnswer(
    string Id,
    CommitmentDefinition? Minimum,
    CommitmentDefinition? Maximum,
    Instant From,
    Instant? To,
    string TimeZone,
    string AnchorDate,
    BillingCycle Cycle,
    Instant AgreedAt)
{
    public static AgreementAnswer Of(AgreementView view) => new(
        view.Terms.Id, view.Terms.Minimum, view.Terms.Maximum, view.Terms.From, view.Terms.To, view.Terms.TimeZone, view.Terms.AnchorDate,
        view.Terms.Cycle, view.AgreedAt);
}
