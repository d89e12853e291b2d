using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The rules of a meter definition.</summary>
internal static class MeterValidator
{
    private const int MaxDimensionLength = 64;
    private const int MaxEventTypeLength = 128;

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

        if (meter.Aggregation is not ("sum" or "count" or "max" or "min" or "latest" or "unique"
            or MeterDefinition.TimeWeighted))
        {
            errors.Add(new("/aggregation", "meter.aggregation_unknown",
                "Use 'sum', 'count', 'max', 'min', 'latest', 'unique' or 'timeWeighted'."));
        }

        if (meter.EventType is not null && (meter.EventType is not { Length: >= 1 and <= MaxEventTypeLength } || meter.EventType.Any(char.IsControl)))
        {
            errors.Add(new("/eventType", "meter.event_type", "A type of event has 1 to 128 printable characters."));
        }

        CheckUnique(meter, errors);
        CheckPer(meter, errors);
        CheckRegister(meter, errors);
        LevelValidator.Validate(meter, errors);
        SessionValidator.Validate(meter, errors);
        MeasuringValidator.Validate(meter, errors);
        return errors;
    }

    private static void CheckUnique(MeterDefinition meter, List<ValidationError> errors)
    {
        if (!meter.Integrates && (meter.Aggregation == "unique") != (meter.UniqueOf is not null))
        {
            errors.Add(new("/uniqueOf", "meter.unique_of",
                "Name the dimension whose different values are counted, with aggregation 'unique' (or 'timeWeighted') and only there."));
        }
        else if (meter.UniqueOf is not (null or { Length: >= 1 and <= MaxDimensionLength }))
        {
            errors.Add(new("/uniqueOf", "meter.unique_of", "The name of a dimension has 1 to 64 characters."));
        }
    }

    private static void CheckPer(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Per is not (null or MeterDefinition.PerDevice))
        {
            errors.Add(new("/per", "meter.per_unknown",
                "Use 'device', or leave it out to aggregate over the subscription."));
        }
        else if (meter.Per is not null && meter.Kind == AggregationKind.Sum && meter is not { IsLevel: true, Aggregation: "latest" or "unique" })
        {
            errors.Add(new("/per", "meter.per_not_for_aggregation",
                "A sum is the same over devices and over the subscription: leave 'per' out, or use 'max', 'min', 'latest' "
                + "or 'unique'."));
        }
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

        if (meter.Kind != AggregationKind.Sum || meter.IsLevel)
        {
            errors.Add(new("/aggregation", "meter.cumulative_aggregation",
                "What a cumulative register counts is summed: use aggregation 'sum', or leave out 'cumulative' and report "
                + "values, not readings."));
        }

        if (meter.Cumulative.RolloverAt is { } rollover && (rollover <= 0m || !QuantityLimits.Allows(rollover)))
        {
            errors.Add(new("/cumulative/rolloverAt", "meter.rollover_invalid",
                "Give the value at which the register starts again at 0: above 0, below 10^15, at most 12 decimals."));
        }
    }
}
