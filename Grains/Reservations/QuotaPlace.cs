using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>A billing period and the plan in force in a part of it.</summary>
internal sealed record QuotaPlace(BillingPeriod Period, PeriodPart Part)
{
    public Currency Currency => Part.Plan.Compiled.Currency;

    /// <summary>Whether reservations end at the maximum of the plan; a trial has none.</summary>
    public bool EndsAtMaximum => Part is { Plan.Compiled.Definition.Maximum.Block: true, Segment.Trial: null };

    /// <summary>What decisions depend on.</summary>
    /// <param name="held">What is kept and not used.</param>
    public QuotaScene Scene(SubscriptionState subscription, Dictionary<BucketKey, decimal> held) => new(
        Part.Plan.Compiled, Period, Part.Active, subscription.Zone, subscription.Used(Period.Index, Part.Segment.Number), held)
    {
        HasFundsLimit = subscription.HasFundsLimit,
        Pauses = Part.Pauses,
        Carried = PoolCarry.At(subscription, Period, Part),
        Packs = PackChain.At(subscription, Period, Part),
    };
}
