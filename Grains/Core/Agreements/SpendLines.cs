using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Agreements;

/// <summary>What brings a period up to an agreement's minimum or down to its maximum: differences to what was billed before.</summary>
/// <remarks>Rule: semantics section 9. A minimum applies once, when the period is complete; a maximum to the running total. Both are
/// worked out anew from the total each time, so that what comes late changes nothing in what the period costs in the end.</remarks>
internal static class SpendLines
{
    /// <param name="complete">Whether everything of the period is in <paramref name="charged"/>, but for what comes late.</param>
    internal static IEnumerable<InvoiceLine> Of(
        SpendAgreement agreement, SpendPeriod period, SpendTally before, Money charged, bool complete)
    {
        if (agreement.Minimum is { } minimum && Line(agreement, minimum, period, isMinimum: true, complete, charged, before.Minimum) is { } up)
        {
            yield return up;
        }
        if (agreement.Maximum is { } maximum && Line(agreement, maximum, period, isMinimum: false, true, charged, before.Maximum) is { } down)
        {
            yield return down;
        }
    }

    /// <summary>What a bound is in a period.</summary>
    internal static Money Limit(CommitmentDefinition bound, SpendPeriod period, Currency currency) =>
        Money.FromExact(bound.Prorate ? period.Share.Of(bound.Amount) : bound.Amount, currency, LineRounding.HalfAwayFromZero);

    private static InvoiceLine? Line(
        SpendAgreement agreement, CommitmentDefinition bound, SpendPeriod period, bool isMinimum, bool applies, Money charged, Money before)
    {
        var id = isMinimum ? CommitmentDefinition.MinimumId : CommitmentDefinition.MaximumId;
        var kind = isMinimum ? StepKinds.Minimum : StepKinds.Maximum;
        var limit = Limit(bound, period, charged.Currency);
        var isReached = isMinimum ? charged.MinorUnits >= limit.MinorUnits : charged.MinorUnits <= limit.MinorUnits;
        var amount = (applies && !isReached ? limit - charged : Money.Zero(charged.Currency)) - before;
        if (amount.MinorUnits == 0)
        {
            return null;
        }
        var steps = new StepList();
        if (applies && !isReached)
        {
            var part = bound.Prorate && !period.Share.IsWhole ? $" for {period.Share.Numerator} of {period.Share.Denominator} days" : "";
            steps.Fixed($"{id} of {DecimalText.Format(bound.Amount)}{part}", limit.ToDecimal(), kind);
            steps.Fixed("less the charges of all subscriptions", -charged.ToDecimal(), StepKinds.Charges);
        }
        if (before.MinorUnits != 0)
        {
            steps.Fixed("less what was billed before", -before.ToDecimal(), StepKinds.BilledBefore);
        }
        return new(
            0, id, bound.Name, id, "", period.Start, period.End, 1m, null, 0, amount.ToDecimal(), amount, steps.Steps, Agreement: agreement.Id);
    }
}
