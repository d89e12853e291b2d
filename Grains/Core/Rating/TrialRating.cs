using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Takes off what is not due in a trial; the line still shows what it would have been.</summary>
internal static class TrialRating
{
    internal static void Apply(CompiledPlan plan, UsageInTrial? trial, List<RatedCharge> charges)
    {
        for (var i = 0; i < charges.Count && trial is not null; i++)
        {
            var charge = charges[i];
            if (charge.Kind == "recurring" || (charge.Kind == "usage" && trial == UsageInTrial.Free))
            {
                charges[i] = charge with
                {
                    ExactAmount = 0m,
                    Amount = Money.Zero(plan.Currency),
                    Steps = [.. charge.Steps, new("not due in the trial", null, null, -charge.Amount.ToDecimal(), StepKinds.Trial)],
                };
            }
        }
    }
}
