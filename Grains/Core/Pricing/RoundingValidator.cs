using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Where quantities may be rounded, and to what.</summary>
internal static class RoundingValidator
{
    internal static void Validate(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        CheckIncrements(charge.PerEvent?.Rounding, at + "/perEvent", errors);
        CheckIncrements(charge.PerSession, at + "/perSession", errors);
        CheckIncrements(charge.PerDevice, at + "/perDevice", errors);
        CheckIncrements(charge.PerLine, at + "/perLine", errors);
        CheckFits(charge, at, meter, errors);
        Check.Forbid(charge.PerEvent is { RoundUpTo: not null, Rounding: not null }, at + "/perEvent/roundUpTo",
            "plan.rounding_twice", "'roundTo' rounds already; leave 'roundUpTo' out.", errors);

        // Such a schedule gives each event its amount at once: there is no later quantity that is priced.
        var isPriced = charge.Schedule is { Entries: [{ Price: not null }, ..] };
        const string WithPrices = "With prices in a schedule's entries every event is priced by itself: round with 'perEvent', "
            + "or use bands.";
        Check.Forbid(charge.PerDevice is not null && isPriced, at + "/perDevice", "plan.rounding_with_schedule",
            WithPrices, errors);
        Check.Forbid(charge.PerLine is not null && isPriced, at + "/perLine", "plan.rounding_with_schedule",
            WithPrices, errors);
    }

    /// <summary>A line is rounded in base units, so that what has no finite decimal in the priced unit is rounded
    /// exactly.</summary>
    private static void CheckFits(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (charge.PerLine is { } rounding && Unit.TryParse(charge.Unit ?? meter?.Unit, out var unit))
        {
            Check.Forbid(
                !ExactMath.TryMultiply(rounding.RoundTo, unit.Factor, out _)
                || !ExactMath.TryMultiply(rounding.First ?? 0m, unit.Factor, out _),
                at + "/perLine", "plan.quantity_out_of_range",
                $"The increments do not fit 28 digits in the smallest unit behind {unit}; use fewer decimals.", errors);
        }
    }

    private static void CheckIncrements(QuantityRounding? rounding, string at, List<ValidationError> errors)
    {
        Check.Quantity(rounding?.RoundTo, zeroAllowed: false, at + "/roundTo", errors);
        Check.Quantity(rounding?.First, zeroAllowed: false, at + "/first", errors);
    }
}
