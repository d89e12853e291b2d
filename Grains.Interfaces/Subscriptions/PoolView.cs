using NodaTime;
using OrleansBilling.Core.Allowances;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A pool in one billing period, as it stands now.</summary>
/// <param name="PeriodStart">First instant of the period, or of the plan's part of it where the plan changed.</param>
/// <param name="PeriodEnd">First instant that is no longer in it.</param>
/// <param name="Unit">Of every quantity.</param>
/// <param name="Included">What its devices and the charge's own free quantity bring.</param>
/// <param name="Used">By all devices.</param>
/// <param name="Overage">Beyond what is included; not below zero.</param>
/// <param name="Amount">What the charge costs in the period, in major units.</param>
/// <param name="Members">Every device that belonged to it in the period or used something, by id.</param>
[GenerateSerializer, Immutable, Alias("billing.pool")]
public sealed record PoolView(
    [property: Id(0)] string Subscription,
    [property: Id(1)] string Charge,
    [property: Id(2)] Instant PeriodStart,
    [property: Id(3)] Instant PeriodEnd,
    [property: Id(4)] string Unit,
    [property: Id(5)] decimal Included,
    [property: Id(6)] decimal Used,
    [property: Id(7)] decimal Overage,
    [property: Id(8)] string Currency,
    [property: Id(9)] decimal Amount,
    [property: Id(10)] PoolMember[] Members)
{
    /// <summary>In the order in which they are used; empty for a charge with a single pool.</summary>
    [Id(11)]
    public PoolAllowanceView[] Allowances { get; init; } = [];
}
