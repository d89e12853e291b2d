using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a charge may do with a meter whose records tell of a level.</summary>
internal static class LevelChargeValidator
{
    internal static void Validate(
        ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (meter is not { IsLevel: true } || charge.Of == UsageBasis.Events)
        {
            return;
        }

        Check.Forbid(charge.PerEvent is not null, at + "/perEvent", "plan.per_event_of_level",
            "The records of this meter say how high a level is, they are no usage of their own: round with 'perDevice' or 'perLine'.",
            errors);
        Check.Forbid(ChargePrices.Of(charge, at).Any(p => p.Price.NeedsEvents()), at, "plan.events_of_level",
            "A level has no transactions; use a price of quantities.", errors);
        Check.Forbid(!meter.Integrates && (charge.TimeOfUse is not null || charge.Schedule is not null), at, "plan.level_with_time",
            "The level counts once, as it is at the period's end: give one price, or use a meter that is 'timeWeighted'.", errors);
        if (!meter.Integrates || !IsAverage(charge, meter))
        {
            return;
        }

        const string Average = "is of the time itself, but in this unit the average of the whole period is priced: use a unit over time, "
            + "such as ";
        var unit = meter.Unit + "*h.";
        Check.Forbid(charge.Allowance is not null, at + "/allowance", "plan.average_with_allowance", "A pool " + Average + unit, errors);
        Check.Forbid(charge.Schedule is { Entries: [{ Price: not null }, ..] }, at + "/unit", "plan.average_with_schedule",
            "A price in a schedule's entry " + Average + unit, errors);
    }

    private static bool IsAverage(ChargeDefinition charge, MeterDefinition meter) =>
        charge.Unit is null
        || (Unit.TryParse(charge.Unit, out var priced) && Unit.TryParse(meter.Unit, out var level) && Unit.Converts(level, priced));
}
