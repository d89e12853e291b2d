using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>How much of a wanted quantity may be used.</summary>
/// <param name="Quantity">In the meter's unit; zero when nothing may.</param>
/// <param name="Holds">What the quantity counts for in each bucket, after per-event rules: what is to be reserved.</param>
/// <param name="LimitedBy">Id of the charge whose limit left less than was wanted; null when none did.</param>
/// <param name="Reason">One of <see cref="RatingReasons"/> when the usage has no price at all; else null.</param>
public sealed record QuotaGrant(decimal Quantity, IReadOnlyList<QuotaHold> Holds, string? LimitedBy, string? Reason)
{
    /// <summary>What left less than was wanted of the charge.</summary>
    public QuotaLimit Limit { get; init; }
}
