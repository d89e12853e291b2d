using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Invoicing;

/// <summary>What late usage adds to a period that is already billed.</summary>
public static class LateUsage
{
    /// <summary>The kind of an adjustment.</summary>
    public const string Kind = "lateUsage";

    /// <summary>The kind of an adjustment that takes back what was billed before, because usage was corrected.</summary>
    public const string CorrectionKind = "correction";

    /// <summary>The kind of an adjustment that rates a period by a corrected plan.</summary>
    public const string ReRatingKind = "reRating";

    /// <summary>
    /// Per charge, the whole period rated again less what was billed: rounded after minus rounded before, so that
    /// billing a period in parts never changes its total.
    /// </summary>
    /// <param name="before">The period as billed so far; at most one entry per charge id.</param>
    /// <param name="after">The same period rated with the late usage; at most one entry per charge id.</param>
    /// <param name="kind">Of the adjustments, one of the three above.</param>
    /// <returns>In the order of <paramref name="after"/>, then charges that are gone. Where neither money nor quantity
    /// changed there is none. Amounts may be negative.</returns>
    public static IReadOnlyList<RatedCharge> Adjust(
        IReadOnlyList<RatedCharge> before, IReadOnlyList<RatedCharge> after, string kind = Kind)
    {
        var billed = before.ToDictionary(charge => charge.ChargeId, StringComparer.Ordinal);
        var adjustments = new List<RatedCharge>();
        foreach (var now in after)
        {
            adjustments.Add(Difference(billed.Remove(now.ChargeId, out var then) ? then : Nothing(now), now, kind));
        }

        adjustments.AddRange(before.Where(c => billed.ContainsKey(c.ChargeId)).Select(c => Difference(c, Nothing(c), kind)));
        return [.. adjustments.Where(a => a.Amount.MinorUnits != 0 || a.Quantity != 0m)];
    }

    private static RatedCharge Nothing(RatedCharge like) => like with
    {
        Quantity = 0m, Events = 0, ExactAmount = 0m, Amount = Money.Zero(like.Amount.Currency), Steps = [],
    };

    private static RatedCharge Difference(RatedCharge before, RatedCharge after, string kind) => after with
    {
        Kind = kind,
        Quantity = ExactMath.Subtract(after.Quantity, before.Quantity),
        Events = after.Events - before.Events,
        ExactAmount = after.ExactAmount - before.ExactAmount,
        Amount = after.Amount - before.Amount,
        Steps =
        [
            Step(Whole(kind), after.Quantity, after.Amount, StepKinds.RatedAgain),
            Step("less what was billed before", before.Quantity, -before.Amount, StepKinds.BilledBefore),
        ],
    };

    private static string Whole(string kind) => kind switch
    {
        CorrectionKind => "the whole period with corrected usage",
        ReRatingKind => "the whole period by the corrected plan",
        _ => "the whole period with late usage",
    };

    private static RatingStep Step(string text, decimal quantity, Money amount, string kind) =>
        new(text, quantity, null, amount.ToDecimal(), kind);
}
