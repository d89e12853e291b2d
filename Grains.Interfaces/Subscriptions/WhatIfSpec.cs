using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>Asks what the real usage of a billing period would have cost under other plans.</summary>
/// <param name="Plans">Empty: the newest version of every plan with the subscription's currency and cycle, at most
/// <see cref="MaxPlans"/>.</param>
/// <param name="At">An instant of the period; now when null.</param>
[GenerateSerializer, Immutable, Alias("billing.what-if-spec")]
public sealed record WhatIfSpec([property: Id(0)] WhatIfChoice[] Plans, [property: Id(1)] Instant? At)
{
    /// <summary>Plans compared at once.</summary>
    public const int MaxPlans = 50;
}

/// <summary>A published plan, or one that is only thought of.</summary>
/// <param name="Plan">Id of a published plan; null with a definition.</param>
/// <param name="PlanVersion">The newest when null.</param>
/// <param name="Definition">A plan that need not be published; null with an id.</param>
[GenerateSerializer, Immutable, Alias("billing.what-if-choice")]
public sealed record WhatIfChoice(
    [property: Id(0)] string? Plan, [property: Id(1)] int? PlanVersion, [property: Id(2)] PlanDefinition? Definition);
