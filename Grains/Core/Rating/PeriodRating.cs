using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Rating;

/// <summary>What a plan comes to in one period: a pure function of the plan and the totals.</summary>
public static class PeriodRating
{
    /// <summary>Rates a period.</summary>
    /// <param name="plan">The plan version.</param>
    /// <param name="period">The whole billing period.</param>
    /// <param name="active">The part of it the subscription was active for; what lies outside the period is ignored.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="isFirstPeriod">Whether one-time charges are due.</param>
    /// <param name="totals">The usage of the period, by bucket.</param>
    /// <returns>In the plan's order. A usage charge without usage has no line, unless it has a minimum or a first flat fee at
    /// zero; a recurring charge always has one.</returns>
    /// <exception cref="Amounts.InexactAmountException">An exact amount does not fit a decimal.</exception>
    public static IReadOnlyList<RatedCharge> Rate(
        CompiledPlan plan,
        BillingPeriod period,
        Interval active,
        DateTimeZone zone,
        bool isFirstPeriod,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals) => throw new NotImplementedException();
}
