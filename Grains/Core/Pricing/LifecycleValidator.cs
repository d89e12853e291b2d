using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a plan's trial, phases and term.</summary>
internal static class LifecycleValidator
{
    internal static void Validate(PlanDefinition plan, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        if (plan.Trial is { } trial)
        {
            CheckTrial(trial, errors);
        }

        if (plan.Term is { } term)
        {
            CheckTerm(term, plan, errors);
        }

        // A phase is judged on a plan that is right by itself: each fault is told once.
        var isRight = errors.Count == 0;
        for (var i = 0; i < plan.Phases.Count && errors.Count < PlanValidator.MaxErrors; i++)
        {
            CheckPhase(plan.Phases[i], $"/phases/{i}", errors);
            if (isRight)
            {
                var found = PlanOverridesValidator.Validate(plan.Phases[i].Terms, plan with { Phases = [] }, meter);
                errors.AddRange(found.Select(error => error with { Pointer = $"/phases/{i}{error.Pointer}" }));
            }
        }
    }

    private static void CheckTrial(TrialDefinition trial, List<ValidationError> errors)
    {
        Check.Forbid((trial.Days is null) == (trial.Periods is null), "/trial", "plan.trial_length",
            "Give either 'days' or 'periods'.", errors);
        Check.Forbid(trial.Days is < 1 or > TrialDefinition.MaxDays, "/trial/days", "plan.trial_length",
            $"Give 1 to {TrialDefinition.MaxDays} days.", errors);
        CheckPeriods(trial.Periods, "/trial/periods", errors);
    }

    private static void CheckPhase(PhaseDefinition phase, string at, List<ValidationError> errors)
    {
        Check.Forbid(!Names.IsName(phase.Name), at + "/name", "plan.name_invalid", "Give a name of 1 to 200 characters.", errors);
        CheckPeriods(phase.Periods, at + "/periods", errors);
        for (var i = 0; i < phase.Terms.Discounts.Count; i++)
        {
            Check.Forbid(phase.Terms.Discounts[i].Periods is not null, $"{at}/discounts/{i}/periods", "plan.phase_discount_periods",
                "A discount of a phase lasts as long as the phase: leave the periods out.", errors);
        }
    }

    private static void CheckTerm(TermDefinition term, PlanDefinition plan, List<ValidationError> errors)
    {
        CheckPeriods(term.Periods, "/term/periods", errors);
        if (term.EarlyTerminationFee is not { } fee)
        {
            return;
        }

        const string At = "/term/earlyTerminationFee";
        Check.Forbid(!Names.IsName(fee.Name), At + "/name", "plan.name_invalid", "Give a name of 1 to 200 characters.", errors);
        Check.Forbid((fee.Amount is null) == (fee.Percent is null), At, "plan.fee_percent_or_amount",
            "Give either a 'percent' or an 'amount'.", errors);
        Check.Amount(fee.Amount, At + "/amount", errors);
        Check.Forbid(fee.Percent is < 0m or > 100m or { Scale: > 12 }, At + "/percent", "plan.discount_out_of_range",
            "Give 0 to 100 with at most 12 decimals.", errors);
        for (var i = 0; i < plan.Charges.Count; i++)
        {
            Check.Forbid(plan.Charges[i].Id == TerminationFeeDefinition.Id, $"/charges/{i}/id", "plan.id_reserved",
                "The line of the early termination fee has this id; choose another.", errors);
        }
    }

    private static void CheckPeriods(int? periods, string at, List<ValidationError> errors) => Check.Forbid(
        periods is < 1 or > PlanLimits.MaxStagePeriods, at, "plan.stage_periods",
        $"Give 1 to {PlanLimits.MaxStagePeriods} billing periods.", errors);
}
