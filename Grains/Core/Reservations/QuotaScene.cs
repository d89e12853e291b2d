using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>What a decision about quota depends on: a plan in a period, and what is used and reserved of it.</summary>
/// <param name="Plan">The version in force.</param>
/// <param name="Period">The whole billing period.</param>
/// <param name="Active">When the plan is in force in it.</param>
/// <param name="Zone">The subscription's.</param>
/// <param name="Used">Totals of all usage of the period under the plan, devices counted in pools included.</param>
/// <param name="Held">Counted quantities that are reserved and not yet in <paramref name="Used"/>, in meters' units.</param>
public sealed record QuotaScene(
    CompiledPlan Plan,
    BillingPeriod Period,
    Interval Active,
    DateTimeZone Zone,
    IReadOnlyDictionary<BucketKey, BucketTotal> Used,
    IReadOnlyDictionary<BucketKey, decimal> Held)
{
    /// <summary>What lines of charges may come to, by the charge's place in the plan; null where no money is a limit.</summary>
    public IReadOnlyDictionary<int, Money>? Ceilings { get; init; }

    /// <summary>What the ceilings come from.</summary>
    public QuotaLimit CeilingsBy { get; init; } = QuotaLimit.Balance;

    /// <summary>What is left of packs when the plan's part of the period begins.</summary>
    public UnitPacks Packs { get; init; } = UnitPacks.None;

    /// <summary>What earlier periods left to pools when the plan's part of the period begins.</summary>
    public CarriedOver Carried { get; init; } = CarriedOver.None;

    /// <summary>When the subscription was paused; null: never.</summary>
    public IReadOnlyList<Interval>? Pauses { get; init; }

    /// <summary>Whether the customer is asked about money.</summary>
    public bool HasFundsLimit { get; init; }

    /// <summary>Whether all usage is granted at its price, because the bill as a whole has a limit.</summary>
    public bool IsPriced => HasFundsLimit || Plan.Definition.Maximum is { Block: true };
}
