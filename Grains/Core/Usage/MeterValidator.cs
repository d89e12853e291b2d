using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The rules of a meter definition.</summary>
internal static class MeterValidator
{
    internal static List<ValidationError> Validate(MeterDefinition meter)
    {
        var errors = new List<ValidationError>();
        if (!Names.IsId(meter.Id))
        {
            errors.Add(new("/id", "meter.id_invalid", "Use 1 to 64 letters, digits, '.', '_' or '-'."));
        }

        if (!Names.IsName(meter.Name))
        {
            errors.Add(new("/name", "meter.name_invalid", "Give a name of 1 to 200 characters."));
        }

        if (!Unit.TryParse(meter.Unit, out _))
        {
            errors.Add(new("/unit", "meter.unit_unknown", UnitText.Unknown(meter.Unit)));
        }

        if (meter.Aggregation is not ("sum" or "count"))
        {
            errors.Add(new("/aggregation", "meter.aggregation_unknown", "Use 'sum' or 'count'."));
        }

        CheckRegister(meter, errors);
        return errors;
    }

    private static void CheckRegister(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Cumulative is null)
        {
            return;
        }

        if (meter.Counts)
        {
            errors.Add(new("/cumulative", "meter.cumulative_count",
                "A cumulative register is summed: use aggregation 'sum', or leave out 'cumulative'."));
        }

        if (meter.Cumulative.RolloverAt is { } rollover && (rollover <= 0m || !QuantityLimits.Allows(rollover)))
        {
            errors.Add(new("/cumulative/rolloverAt", "meter.rollover_invalid",
                "Give the value at which the register starts again at 0: above 0, below 10^15, at most 12 decimals."));
        }
    }
}
