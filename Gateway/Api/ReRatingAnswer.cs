using NodaTime;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a corrected plan changes, as it was when it was asked.</summary>
/// <param name="CorrectedVersion">Null for a definition that is only looked at; once it is applied, the version it was published as.</param>
/// <param name="Status">previewed, applying or applied.</param>
/// <param name="Difference">Of all together, before tax; negative for less.</param>
/// <param name="Customers">Everyone for whom something changes, by id; empty in a listing.</param>
/// <param name="Unchanged">Subscriptions that had the wrong version and for which nothing changes.</param>
internal sealed record ReRatingAnswer(
    string Id,
    string Plan,
    int WrongVersion,
    int? CorrectedVersion,
    Instant From,
    Instant To,
    string Status,
    Instant PreviewedAt,
    Instant? AppliedAt,
    string Currency,
    string Difference,
    ReRatedCustomerAnswer[] Customers,
    int Unchanged)
{
    public static ReRatingAnswer Of(ReRatingView view) => new(
        view.Spec.Id, view.Spec.Plan, view.Spec.WrongVersion, view.Version(), view.Spec.From, view.Spec.To, view.Status,
        view.PreviewedAt, view.AppliedAt, view.Currency, Amount.Format(view.Difference, view.Currency),
        [
            .. view.Subscriptions.Where(s => s.Periods.Length > 0).GroupBy(s => s.Customer).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new ReRatedCustomerAnswer(
                    g.Key, Amount.Format(g.Sum(s => s.Difference), view.Currency),
                    [.. g.Select(s => ReRatedSubscriptionAnswer.Of(s, view.Currency))])),
        ],
        view.Subscriptions.Count(s => s.Periods.Length == 0));
}

/// <summary>What it changes for one customer.</summary>
internal sealed record ReRatedCustomerAnswer(string Customer, string Difference, ReRatedSubscriptionAnswer[] Subscriptions);

/// <summary>What it changes for one subscription.</summary>
internal sealed record ReRatedSubscriptionAnswer(string Subscription, string Difference, ReRatedPeriodAnswer[] Periods)
{
    public static ReRatedSubscriptionAnswer Of(ReRatedSubscription subscription, string currency) => new(
        subscription.Subscription, Amount.Format(subscription.Difference, currency),
        [
            .. subscription.Periods.Select(p => new ReRatedPeriodAnswer(
                p.PeriodStart, p.PeriodEnd, p.Closed, Amount.Format(p.Before, currency), Amount.Format(p.After, currency),
                Amount.Format(p.After - p.Before, currency), p.Lines)),
        ]);
}

/// <summary>What it changes in one period.</summary>
/// <param name="Closed">Whether its invoice is made: the lines then go on the next one.</param>
/// <param name="Before">The period as it is rated now, with all usage known.</param>
/// <param name="After">The same by the corrected plan.</param>
/// <param name="Lines">The differences, charge by charge.</param>
internal sealed record ReRatedPeriodAnswer(
    Instant PeriodStart, Instant PeriodEnd, bool Closed, string Before, string After, string Difference, InvoiceLine[] Lines);
