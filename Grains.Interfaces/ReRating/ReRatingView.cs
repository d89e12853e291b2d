using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.ReRating;

/// <summary>What a corrected plan changes, as it was when it was asked.</summary>
/// <param name="Status">One of <see cref="ReRatingStatus"/>.</param>
/// <param name="Difference">Of all together, in major units, before tax; negative for less.</param>
/// <param name="Subscriptions">Everyone that had the wrong version in the periods, by id; also where nothing changes.</param>
/// <param name="AppliedVersion">Version that a draft was published as when it was applied; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("billing.re-rating")]
public sealed record ReRatingView(
    [property: Id(0)] ReRatingSpec Spec,
    [property: Id(1)] string Status,
    [property: Id(2)] Instant PreviewedAt,
    [property: Id(3)] Instant? AppliedAt,
    [property: Id(4)] string Currency,
    [property: Id(5)] decimal Difference,
    [property: Id(6)] ReRatedSubscription[] Subscriptions,
    [property: Id(7)] int? AppliedVersion = null)
{
    /// <summary>The version that rates the periods; null of a draft that is only looked at.</summary>
    public int? Version() => Spec.CorrectedVersion ?? AppliedVersion;
}

/// <summary>What it changes for one subscription.</summary>
/// <param name="FirstPeriod">Index of the first period that is rated again.</param>
/// <param name="LastPeriod">Index of the last one.</param>
/// <param name="Periods">Where something changes, oldest first.</param>
/// <param name="Fingerprint">Of what it was made of; another one means that usage or invoices have changed.</param>
/// <param name="Error">Why it cannot be rated by the corrected version; null in every preview that is kept.</param>
[GenerateSerializer, Immutable, Alias("billing.re-rated-subscription")]
public sealed record ReRatedSubscription(
    [property: Id(0)] string Subscription,
    [property: Id(1)] string Customer,
    [property: Id(2)] int FirstPeriod,
    [property: Id(3)] int LastPeriod,
    [property: Id(4)] decimal Difference,
    [property: Id(5)] ReRatedPeriod[] Periods,
    [property: Id(6)] string Fingerprint,
    [property: Id(7)] CommandError? Error = null);

/// <summary>What it changes in one period.</summary>
/// <param name="Closed">Whether its invoice is made: the difference then goes on the next one.</param>
/// <param name="Before">The period as it is rated now, with all usage known.</param>
/// <param name="After">The same by the corrected version.</param>
/// <param name="Lines">The differences, charge by charge.</param>
[GenerateSerializer, Immutable, Alias("billing.re-rated-period")]
public sealed record ReRatedPeriod(
    [property: Id(0)] Instant PeriodStart,
    [property: Id(1)] Instant PeriodEnd,
    [property: Id(2)] bool Closed,
    [property: Id(3)] decimal Before,
    [property: Id(4)] decimal After,
    [property: Id(5)] InvoiceLine[] Lines);
