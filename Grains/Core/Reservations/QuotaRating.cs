using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>Decides how much may be used under the limits of a plan: a pure function of the scene.</summary>
/// <remarks>
/// In closed form: every limit is turned into a quantity, tier by tier, and no amount is tried out. Whatever part of what is reserved is
/// used in the end, in whatever order, no limit is exceeded. Rule: docs/adr/0023.
/// </remarks>
public static class QuotaRating
{
    private static readonly Duration Step = Duration.FromMinutes(1);
    private static readonly decimal SmallestQuantity = new(1, 0, 0, false, QuantityLimits.MaxFractionalDigits);

    /// <summary>The largest quantity, at most the wanted one, that fits under every limit.</summary>
    public static QuotaGrant Grant(QuotaScene scene, QuotaUse wanted)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(wanted);
        if (Contributions(scene, wanted, out var reason) is not { } contributions)
        {
            return new(0m, [], null, reason);
        }

        var (most, limitedBy, limit) = (wanted.Quantity, (string?)null, QuotaLimit.Charge);
        foreach (var contribution in contributions)
        {
            var charge = scene.Plan.Compiled[contribution.Key.Charge];
            var room = QuotaRoom.Of(scene, charge, contribution.Key.Bucket, out var isMoney);
            if (contribution.Quantity > room && charge.LargestCounting(room) is var fits && fits < most)
            {
                (most, limitedBy, limit) = (fits, charge.Definition.Id, isMoney ? scene.CeilingsBy : QuotaLimit.Charge);
            }
        }

        return limitedBy is null
            ? new(wanted.Quantity, Holds(contributions), null, null)
            : Verified(scene, wanted, most, limitedBy) with { Limit = limit };
    }

    /// <summary>What usage counts for in each bucket; null when it has no price.</summary>
    public static IReadOnlyList<QuotaHold>? Count(QuotaScene scene, QuotaUse use, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(use);
        return Contributions(scene, use, out reason) is { } contributions ? Holds(contributions) : null;
    }

    /// <summary>Whether these quantities fit under every limit, in addition to what is used and held.</summary>
    public static bool Fits(QuotaScene scene, IReadOnlyList<QuotaHold> holds)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(holds);
        return holds.All(hold =>
            hold.Quantity <= QuotaRoom.Of(scene, scene.Plan.Compiled[hold.Key.Charge], hold.Key.Bucket, out _));
    }

    /// <summary>
    /// Until when usage that begins now stays at the same prices, at most until an instant: a quantity is granted at a price, so it is not
    /// granted beyond the next border of a window. Only limits on money ask for that.
    /// </summary>
    public static Instant SamePriceUntil(QuotaScene scene, QuotaUse use, Instant until)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(use);
        if (Contributions(scene, use, out _) is not { } contributions)
        {
            return until;
        }

        foreach (var contribution in contributions)
        {
            var charge = scene.Plan.Compiled[contribution.Key.Charge];
            if (scene.IsPriced || charge.Definition.BlockAt == BlockAt.Maximum)
            {
                until = charge.SamePriceUntil(use.Time, until, scene.Zone, Step);
            }
        }

        return until;
    }

    /// <summary>Quotients were rounded in their last digit: what is granted is what really fits.</summary>
    private static QuotaGrant Verified(QuotaScene scene, QuotaUse wanted, decimal most, string limitedBy)
    {
        var quantity = DecimalText.Normalize(Math.Max(0m, QuotaRoom.Floor(most)));
        for (var tries = 0; quantity > 0m && tries < 2; tries++, quantity -= SmallestQuantity)
        {
            var holds = Holds(Contributions(scene, wanted with { Quantity = quantity }, out _)!);
            if (Fits(scene, holds))
            {
                return new(quantity, holds, limitedBy, null);
            }
        }

        return new(0m, [], limitedBy, null);
    }

    private static List<Contribution>? Contributions(QuotaScene scene, QuotaUse use, out string? reason)
    {
        var contributions = new List<Contribution>();
        reason = scene.Plan.Contribute(use.Meter, use.Time, use.Quantity, use.Dimensions, scene.Zone, contributions);
        return reason is null ? contributions : null;
    }

    private static IReadOnlyList<QuotaHold> Holds(List<Contribution> contributions) =>
        [.. contributions.Where(c => c.Quantity != 0m).Select(c => new QuotaHold(c.Key, c.Quantity))];
}
