using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The rules of meters whose records tell of a level.</summary>
internal static class LevelValidator
{
    private const int MaxDimensionLength = 64;

    internal static void Validate(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Reports is not null and not ("level" or "change"))
        {
            errors.Add(new("/reports", "meter.reports_unknown", "Use 'level' or 'change'."));
        }

        Forbid(meter.Reports is not null && (!meter.Integrates || meter.UniqueOf is not null), "/reports", "meter.reports_not_for_aggregation",
            "Only what is 'timeWeighted' and does not count values can report a level or its changes; leave it out.", errors);
        Forbid(meter.CarryOver == true && meter.Aggregation is not ("sum" or "latest" or "unique" or MeterDefinition.TimeWeighted),
            "/carryOver", "meter.carry_over_not_for_aggregation",
            "Only 'sum', 'latest', 'unique' and 'timeWeighted' go on in the next period; leave it out.", errors);
        CheckOperation(meter, errors);
        Forbid(meter is { IsLevel: true, Aggregation: "latest" or "unique", Per: null }, "/per", "meter.level_per_device",
            "A level is that of a device, and devices are added up: say \"per\": \"device\".", errors);
        if (meter.Integrates && Unit.TryParse(meter.Unit, out _))
        {
            Forbid(!Unit.TryParse(meter.Unit + Unit.TimesSeconds, out _), "/unit", "meter.unit_unknown",
                $"The integral of '{meter.Unit}' over time needs a unit that is not one over time itself, of at most "
                + $"{Unit.MaxLength - Unit.TimesSeconds.Length} characters.", errors);
        }
    }

    private static void CheckOperation(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Operation is null)
        {
            Forbid(meter is { Integrates: true, UniqueOf: not null }, "/operation", "meter.operation_missing",
                "Name the dimension that says whether a value is added or removed.", errors);
            return;
        }

        Forbid(meter.Operation.Length is 0 or > MaxDimensionLength, "/operation", "meter.operation_invalid",
            "The name of a dimension has 1 to 64 characters.", errors);
        Forbid(meter.Operation == meter.UniqueOf, "/operation", "meter.operation_invalid",
            "The dimension that is counted cannot say what is done with it; use another one.", errors);
        Forbid(meter.Aggregation is not ("sum" or "unique") && !(meter.Integrates && meter.Source != LevelSource.Level), "/operation",
            "meter.operation_not_for_aggregation",
            "What is added and removed is a 'sum', values that are 'unique', or 'timeWeighted' changes of them; leave it out.", errors);
    }

    private static void Forbid(bool wrong, string pointer, string code, string message, List<ValidationError> errors)
    {
        if (wrong)
        {
            errors.Add(new(pointer, code, message));
        }
    }
}
