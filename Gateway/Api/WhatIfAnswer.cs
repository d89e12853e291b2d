using NodaTime;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a billing period costs as it is, and what it would have cost under other plans, the cheapest first.</summary>
/// <param name="Events">Raw events of the period.</param>
/// <param name="Total">By the plans that were in force, with all usage known now; before tax.</param>
/// <param name="Cheapest">Id of the first plan that has a price for every event; null when none has.</param>
/// <param name="Plans">Plans that have a price for every event by their total, then the others.</param>
internal sealed record WhatIfAnswer(
    string Subscription,
    Instant PeriodStart,
    Instant PeriodEnd,
    string Currency,
    long Events,
    string Total,
    InvoiceLine[] Lines,
    string? Cheapest,
    WhatIfPlanAnswer[] Plans)
{
    public static WhatIfAnswer Of(WhatIfView view)
    {
        WhatIfPlanAnswer[] plans =
        [
            .. Sorted(view.Plans).Select(p => WhatIfPlanAnswer.Of(p, view)),
        ];
        return new(
            view.Subscription, view.PeriodStart, view.PeriodEnd, view.Currency, view.Events, Amount.Format(view.Total, view.Currency),
            view.Lines, plans is [{ Complete: true }, ..] ? plans[0].Plan : null, plans);
    }

    /// <summary>The cheapest first, then what cannot be compared.</summary>
    internal static IEnumerable<WhatIfPlan> Sorted(WhatIfPlan[] plans) =>
        plans.OrderByDescending(p => p.IsComplete).ThenBy(p => p.Total is null).ThenBy(p => p.Total);
}

/// <summary>The period under one other plan, as if it had been in force all the time.</summary>
/// <param name="PlanVersion">Null for a plan that is not published.</param>
/// <param name="Total">Before tax; null when it cannot be said exactly.</param>
/// <param name="Difference">What it would have cost more, negative for less; null without a total.</param>
/// <param name="Complete">Whether it has a price for every event.</param>
/// <param name="Unrated">Events that it has no price for, by reason; they would go to quarantine.</param>
internal sealed record WhatIfPlanAnswer(
    string Plan,
    int? PlanVersion,
    string? Total,
    string? Difference,
    bool Complete,
    IReadOnlyDictionary<string, long> Unrated,
    InvoiceLine[] Lines)
{
    public static WhatIfPlanAnswer Of(WhatIfPlan plan, WhatIfView view) => new(
        plan.Plan, plan.PlanVersion == 0 ? null : plan.PlanVersion,
        plan.Total is { } total ? Amount.Format(total, view.Currency) : null,
        plan.Total - view.Total is { } difference ? Amount.Format(difference, view.Currency) : null,
        plan.IsComplete, plan.Unrated.ToDictionary(StringComparer.Ordinal), plan.Lines);
}
