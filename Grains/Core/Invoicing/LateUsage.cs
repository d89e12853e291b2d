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

    /// <summary>
    /// Per charge, the whole period rated again less what was billed: rounded after minus rounded before, so that
    /// billing a period in parts never changes its total.
    /// </summary>
    /// <param name="before">The period as billed so far; at most one entry per charge id.</param>
    /// <param name="after">The same period rated with the late usage; at most one entry per charge id.</param>
    /// <param name="corrected">Whether usage that was billed before was corrected, and not only late usage came.</param>
    /// <returns>In the order of <paramref name="after"/>, then charges that are gone. Where neither money nor quantity
    /// changed there is none. Amounts may be negative.</returns>
    public static IReadOnlyList<RatedCharge> Adjust(
        IReadOnlyList<RatedCharge> before, IReadOnlyList<RatedCharge> after, bool corrected = false)
    {
        var billed = before.ToDictionary(charge => charge.ChargeId, StringComparer.Ordinal);
        var adjustments = new List<RatedCharge>();
        foreach (var now in after)
        {
            adjustments.Add(Difference(billed.Remove(now.ChargeId, out var then) ? then : Nothing(now), now, corrected));
        }

        adjustments.AddRange(before.Where(c => billed.ContainsKey(c.ChargeId)).Select(c => Difference(c, Nothing(c), corrected)));
        return [.. adjustments.Where(a => a.Amount.MinorUnits != 0 || a.Quantity != 0m)];
    }

    private static RatedCharge Nothing(RatedCharge like) => like with
    {
        Quantity = 0m, Events = 0, ExactAmount = 0m, Amount = Money.Zero(like.Amount.Currency), Steps = [],
    };

    private static RatedCharge Difference(RatedCharge before, RatedCharge after, bool corrected) => after with
    {
        Kind = corrected ? CorrectionKind : Kind,
        Quantity = ExactMath.Subtract(after.Quantity, before.Quantity),
        Events = after.Events - before.Events,
        ExactAmount = after.ExactAmount - before.ExactAmount,
        Amount = after.Amount - before.Amount,
        Steps =
        [
            Step(corrected ? "the whole period with corrected usage" : "the whole period with late usage", after.Quantity, after.Amount, StepKinds.RatedAgain),
            Step("less what was billed before", before.Quantity, -before.Amount, StepKinds.BilledBefore),
        ],
    };

    private static RatingStep Step(string text, decimal quantity, Money amount, string kind) =>
        new(text, quantity, null, amount.ToDecimal(), kind);
}
