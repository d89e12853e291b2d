using NodaTime;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Contracts.Customers;

/// <summary>Asks what the real usage of a customer's subscriptions would have cost under other plans.</summary>
/// <param name="Plans">Empty: the newest version of every plan with the customer's currency and the cycle of one of the subscriptions,
/// at most <see cref="WhatIfSpec.MaxPlans"/>.</param>
/// <param name="At">An instant of each subscription's period; now when null.</param>
/// <param name="Subscriptions">Only these; empty for all of the customer.</param>
/// <param name="PerDevice">Whether each device is also compared alone.</param>
[GenerateSerializer, Immutable, Alias("billing.fleet-what-if-spec")]
public sealed record FleetWhatIfSpec(
    [property: Id(0)] WhatIfChoice[] Plans,
    [property: Id(1)] Instant? At,
    [property: Id(2)] string[] Subscriptions,
    [property: Id(3)] bool PerDevice)
{
    /// <summary>Subscriptions times plans of one comparison.</summary>
    public const int MaxTrials = 5_000;

    /// <summary>Devices times plans of one comparison.</summary>
    public const int MaxDeviceTrials = 20_000;
}
