using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>The last steps of a whole bill: minimum commitment, maximum, discounts; each a line of its own.</summary>
/// <remarks>Rule: semantics, price evaluation pipeline. They see lines as rounded, so that the bill is the sum of them.</remarks>
internal static class PlanClosing
{
    /// <param name="plan">The plan version.</param>
    /// <param name="share">The part of the period the subscription was active for.</param>
    /// <param name="isActive">Whether it was active at all; a minimum is due only then.</param>
    /// <param name="before">Billing periods before this one.</param>
    /// <param name="isPart">Whether another plan has the rest of the period: amounts off are then prorated, so that a change of plan
    /// takes them once.</param>
    /// <param name="lines">Takes the lines.</param>
    internal static void Close(
        CompiledPlan plan, ProrationRatio share, bool isActive, PeriodsBefore before, bool isPart, List<RatedCharge> lines)
    {
        if (plan.Definition.Minimum is { } minimum && isActive)
        {
            Bring(plan, minimum, share, isMinimum: true, lines);
        }

        if (plan.Definition.Maximum is { } maximum)
        {
            Bring(plan, maximum, share, isMinimum: false, lines);
        }

        if (plan.Definition.Discounts.Count > 0)
        {
            DiscountRating.Add(plan, before, isPart ? share : null, lines);
        }

        AgreedTerms.Mark(plan, lines);
    }

    private static void Bring(
        CompiledPlan plan, CommitmentDefinition bound, ProrationRatio share, bool isMinimum, List<RatedCharge> lines)
    {
        var charged = lines.Aggregate(Money.Zero(plan.Currency), (sum, line) => sum + line.Amount);
        var amount = bound.Prorate ? share.Of(bound.Amount) : bound.Amount;
        if (isMinimum ? charged.ToDecimal() >= amount : charged.ToDecimal() <= amount)
        {
            return;
        }

        var steps = new StepList();
        var id = isMinimum ? CommitmentDefinition.MinimumId : CommitmentDefinition.MaximumId;
        var part = bound.Prorate && !share.IsWhole ? $" for {share.Numerator} of {share.Denominator} days" : "";
        steps.Fixed($"{id} of {DecimalText.Format(bound.Amount)}{part}", amount,
            isMinimum ? StepKinds.Minimum : StepKinds.Maximum);
        steps.BringTo(amount - charged.ToDecimal(), "less the charges of the period", StepKinds.Charges);
        var exact = DecimalText.Normalize(steps.Exact);
        var rounded = steps.Round(plan.Currency, plan.Definition.Rounding);
        if (rounded.MinorUnits != 0)
        {
            lines.Add(new(id, bound.Name, id, 1m, null, 0, exact, rounded, steps.Steps));
        }
    }
}
