using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Agreements;

/// <summary>A period of an agreement.</summary>
/// <param name="Whole">By its calendar.</param>
/// <param name="Start">First instant in which the agreement is in force.</param>
/// <param name="End">First instant in which it no longer is; after <paramref name="Start"/>.</param>
/// <param name="Share">The part of the whole period's local days.</param>
public readonly record struct SpendPeriod(BillingPeriod Whole, Instant Start, Instant End, ProrationRatio Share)
{
    /// <summary>Number in the agreement's calendar.</summary>
    public int Index => Whole.Index;
}
