using NodaTime;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>What a billing period costs as it is, and what it would have cost under other plans.</summary>
/// <param name="Events">Raw usage events of the period, of all devices.</param>
/// <param name="Total">By the plans that were in force, with all usage known now, in major units.</param>
/// <param name="Lines">The lines of that.</param>
/// <param name="Plans">In the order in which they were asked for; by id when all were.</param>
/// <param name="Devices">Each device alone under each of the plans, by id; null where that was not asked for.</param>
[GenerateSerializer, Immutable, Alias("billing.what-if")]
public sealed record WhatIfView(
    [property: Id(0)] string Subscription,
    [property: Id(1)] Instant PeriodStart,
    [property: Id(2)] Instant PeriodEnd,
    [property: Id(3)] string Currency,
    [property: Id(4)] long Events,
    [property: Id(5)] decimal Total,
    [property: Id(6)] InvoiceLine[] Lines,
    [property: Id(7)] WhatIfPlan[] Plans,
    [property: Id(8)] WhatIfDevice[]? Devices = null);

/// <summary>The period under one other plan, as if it had been in force all the time.</summary>
/// <param name="PlanVersion">0 for a plan that is not published.</param>
/// <param name="Total">In major units, before tax; null when it cannot be said exactly.</param>
/// <param name="Unrated">Events that the plan has no price for, by reason; they would go to quarantine.</param>
[GenerateSerializer, Immutable, Alias("billing.what-if-plan")]
public sealed record WhatIfPlan(
    [property: Id(0)] string Plan,
    [property: Id(1)] int PlanVersion,
    [property: Id(2)] decimal? Total,
    [property: Id(3)] InvoiceLine[] Lines,
    [property: Id(4)] KeyValuePair<string, long>[] Unrated)
{
    /// <summary>Whether it has a price for everything, so that it can be compared.</summary>
    public bool IsComplete => this is { Total: not null, Unrated: [] };
}

/// <summary>A device as if it had a subscription of its own that ran as long as the one it belongs to.</summary>
/// <param name="Plans">Without lines.</param>
[GenerateSerializer, Immutable, Alias("billing.what-if-device")]
public sealed record WhatIfDevice([property: Id(0)] string Device, [property: Id(1)] WhatIfPlan[] Plans);
