using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a period costs for several subscriptions as it is, and what it would have cost under other plans.</summary>
/// <param name="At">The instant that chose each subscription's period.</param>
/// <param name="Events">Raw events of the periods.</param>
/// <param name="Total">Of all subscriptions by the plans that were in force, with all usage known now; before tax.</param>
/// <param name="Cheapest">Id of the cheapest plan for all of them; null when no plan has a price for everything.</param>
/// <param name="Plans">All subscriptions on one plan, the cheapest first, then what cannot be compared.</param>
/// <param name="Best">Each subscription by the plan that is cheapest for it.</param>
/// <param name="Subscriptions">By id.</param>
/// <param name="Skipped">Subscriptions that did not run in the period.</param>
internal sealed record FleetWhatIfAnswer(
    string Customer,
    Instant At,
    string Currency,
    long Events,
    string Total,
    string? Cheapest,
    FleetPlanAnswer[] Plans,
    FleetBestAnswer Best,
    FleetSubscriptionAnswer[] Subscriptions,
    string[] Skipped)
{
    public static FleetWhatIfAnswer Of(FleetWhatIfView view) => new(
        view.Customer, view.At, view.Currency, view.Events, Amount.Format(view.Total, view.Currency),
        view.Plans is [{ IsComplete: true } first, ..] ? first.Plan : null,
        Array.ConvertAll(view.Plans, p => FleetPlanAnswer.Of(p, view)),
        new(Amount.Format(view.Best, view.Currency), Amount.Format(view.Best - view.Total, view.Currency)),
        Array.ConvertAll(view.Subscriptions, FleetSubscriptionAnswer.Of), view.Skipped);
}

/// <summary>All subscriptions under one plan.</summary>
/// <param name="PlanVersion">Null for a plan that is not published.</param>
/// <param name="Total">Null when a subscription cannot have the plan, or the total cannot be said exactly.</param>
/// <param name="Difference">To what there is; negative for less.</param>
/// <param name="Complete">Whether it has a price for every event of every subscription.</param>
/// <param name="Unrated">Events that it has no price for, by reason.</param>
/// <param name="Unfit">Subscriptions with another billing cycle, which cannot have it.</param>
/// <param name="CheapestFor">Subscriptions for which it is the cheapest, and cheaper than what there is.</param>
internal sealed record FleetPlanAnswer(
    string Plan,
    int? PlanVersion,
    string? Total,
    string? Difference,
    bool Complete,
    IReadOnlyDictionary<string, long> Unrated,
    string[] Unfit,
    int CheapestFor)
{
    public static FleetPlanAnswer Of(FleetPlan plan, FleetWhatIfView view) => new(
        plan.Plan, plan.PlanVersion == 0 ? null : plan.PlanVersion,
        plan.Total is { } total ? Amount.Format(total, view.Currency) : null,
        plan.Total - view.Total is { } difference ? Amount.Format(difference, view.Currency) : null,
        plan.IsComplete, plan.Unrated.ToDictionary(StringComparer.Ordinal), plan.Unfit, plan.CheapestFor);
}

/// <summary>Each subscription by the cheapest plan for it, or as it is where none is cheaper.</summary>
internal sealed record FleetBestAnswer(string Total, string Difference);

/// <summary>One subscription's period as it is, and under each plan that it can have, the cheapest first.</summary>
/// <param name="Devices">Each device alone, by id, where that was asked for.</param>
internal sealed record FleetSubscriptionAnswer(
    string Subscription,
    Instant PeriodStart,
    Instant PeriodEnd,
    long Events,
    string Total,
    InvoiceLine[] Lines,
    string? Cheapest,
    WhatIfPlanAnswer[] Plans,
    FleetDeviceAnswer[]? Devices)
{
    public static FleetSubscriptionAnswer Of(WhatIfView view)
    {
        var one = WhatIfAnswer.Of(view);
        return new(
            one.Subscription, one.PeriodStart, one.PeriodEnd, one.Events, one.Total, one.Lines, one.Cheapest, one.Plans,
            view.Devices is { } devices ? Array.ConvertAll(devices, d => FleetDeviceAnswer.Of(d, view.Currency)) : null);
    }
}

/// <summary>A device as if it had a subscription of its own, as long as the one it belongs to ran.</summary>
/// <param name="Cheapest">Id of the first plan; null when no plan has a price for everything.</param>
internal sealed record FleetDeviceAnswer(string Device, string? Cheapest, FleetDevicePlanAnswer[] Plans)
{
    public static FleetDeviceAnswer Of(WhatIfDevice device, string currency)
    {
        var sorted = WhatIfAnswer.Sorted(device.Plans).ToArray();
        return new(
            device.Device, sorted is [{ IsComplete: true } first, ..] ? first.Plan : null,
            Array.ConvertAll(sorted, p => new FleetDevicePlanAnswer(
                p.Plan, p.PlanVersion == 0 ? null : p.PlanVersion, p.Total is { } total ? Amount.Format(total, currency) : null, p.IsComplete)));
    }
}

/// <summary>What a device alone costs under one plan.</summary>
internal sealed record FleetDevicePlanAnswer(string Plan, int? PlanVersion, string? Total, bool Complete);
