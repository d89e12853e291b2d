using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules that only usage charges have: meter, unit, filter, per-event rule.</summary>
internal static class UsageChargeValidator
{
    internal static void Validate(
        ChargeDefinition charge, string at, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        var known = Meter(charge, at, meter, errors);
        CheckUnit(charge, at, known, errors);
        RoundingValidator.Validate(charge, at, known, errors);
        AggregationValidator.Validate(charge, at, known, errors);
        BlockValidator.Validate(charge, at, known, errors);
        WhereValidator.Validate(charge.Where, at + "/where", errors);
        FilterValidator.Validate(charge, at + "/where", known, errors);
        AllowancesValidator.Validate(charge, at, known, errors);
        LevelChargeValidator.Validate(charge, at, known, errors);
        SessionChargeValidator.Validate(charge, at, known, errors);
        CheckPerEvent(charge, at, errors);
        Check.Quantity(charge.FreeQuantity, zeroAllowed: true, at + "/freeQuantity", errors);
        Check.Forbid(charge.FreeQuantity is not null && charge.Price is null, at + "/freeQuantity",
            "plan.free_quantity_with_time",
            "With prices by time it is not clear which price the free quantity takes; leave it out.", errors);
    }

    private static MeterDefinition? Meter(
        ChargeDefinition charge, string at, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        if (charge.Meter is null)
        {
            errors.Add(new(at + "/meter", "plan.meter_missing", "Name the meter whose usage is charged."));
            return null;
        }

        var found = meter(charge.Meter);
        if (found is null)
        {
            errors.Add(new(at + "/meter", "plan.meter_unknown", "There is no such meter; create it first."));
        }

        return found;
    }

    private static void CheckUnit(
        ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        Unit? priced = null;
        if (charge.Unit is not null && !Unit.TryParse(charge.Unit, out priced))
        {
            errors.Add(new(at + "/unit", "plan.unit_unknown", UnitText.Unknown(charge.Unit)));
        }

        if (priced is null || meter is null || !Unit.TryParse(meter.Unit, out var metered))
        {
            return;
        }

        if (meter.Integrates && Unit.TryParse(meter.Unit + Unit.TimesSeconds, out var integral) && Unit.Converts(integral, priced))
        {
            metered = integral;
        }

        if (charge.Of == UsageBasis.Events)
        {
            Check.Forbid(!priced.IsCounted, at + "/unit", "plan.unit_with_events",
                "Events are counted: use a counted unit such as 'trips', or leave it out.", errors);
        }
        else if (!Unit.Converts(metered, priced))
        {
            errors.Add(new(at + "/unit", "plan.unit_not_convertible",
                $"The meter counts {metered}, which does not convert to {priced}."));
        }
        else if (charge.Schedule is { Entries: [{ Price: not null }, ..] }
            && !UnitRatio.TryExact(metered, priced, out _))
        {
            // Such prices are applied event by event, so the factor itself must be a finite decimal.
            errors.Add(new(at + "/unit", "rating.inexact",
                $"{metered} to {priced} has no exact factor; price this schedule in {metered}."));
        }
    }

    private static void CheckPerEvent(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        if (charge.PerEvent is not { } rule)
        {
            return;
        }

        Check.Quantity(rule.Free, zeroAllowed: true, at + "/perEvent/free", errors);
        Check.Quantity(rule.RoundUpTo, zeroAllowed: false, at + "/perEvent/roundUpTo", errors);
        Check.Forbid(charge.Of == UsageBasis.Events, at + "/perEvent", "plan.per_event_with_events",
            "The rule changes values, but this charge counts events; leave one of them out.", errors);
    }
}
