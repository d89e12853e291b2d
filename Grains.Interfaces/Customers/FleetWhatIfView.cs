using NodaTime;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What a period costs for several subscriptions as it is, and what it would have cost under other plans.</summary>
/// <param name="At">The instant that chose each subscription's period.</param>
/// <param name="Total">Of all of them by the plans that were in force, in major units, before tax and before what the customer agreed
/// for all subscriptions together.</param>
/// <param name="Plans">All subscriptions on one plan, the cheapest first; what cannot be compared comes last.</param>
/// <param name="Best">Each subscription by the cheapest plan for it, or as it is where none is cheaper; in major units.</param>
/// <param name="Subscriptions">By id.</param>
/// <param name="Skipped">Subscriptions that did not run in the period, by id.</param>
[GenerateSerializer, Immutable, Alias("billing.fleet-what-if")]
public sealed record FleetWhatIfView(
    [property: Id(0)] string Customer,
    [property: Id(1)] Instant At,
    [property: Id(2)] string Currency,
    [property: Id(3)] long Events,
    [property: Id(4)] decimal Total,
    [property: Id(5)] FleetPlan[] Plans,
    [property: Id(6)] decimal Best,
    [property: Id(7)] WhatIfView[] Subscriptions,
    [property: Id(8)] string[] Skipped);

/// <summary>All subscriptions under one plan.</summary>
/// <param name="PlanVersion">0 for a plan that is not published.</param>
/// <param name="Total">In major units; null when a subscription cannot have the plan, or its total cannot be said exactly.</param>
/// <param name="Unrated">Events that the plan has no price for, by reason.</param>
/// <param name="Unfit">Subscriptions with another billing cycle, by id: they cannot have the plan.</param>
/// <param name="CheapestFor">Subscriptions for which it is the first of the cheapest plans, and cheaper than the period as it is.</param>
[GenerateSerializer, Immutable, Alias("billing.fleet-plan")]
public sealed record FleetPlan(
    [property: Id(0)] string Plan,
    [property: Id(1)] int PlanVersion,
    [property: Id(2)] decimal? Total,
    [property: Id(3)] KeyValuePair<string, long>[] Unrated,
    [property: Id(4)] string[] Unfit,
    [property: Id(5)] int CheapestFor)
{
    /// <summary>Whether it has a price for everything of every subscription.</summary>
    public bool IsComplete => this is { Total: not null, Unrated: [] };
}
