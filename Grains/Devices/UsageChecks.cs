using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>What makes an event unacceptable whatever came before it.</summary>
internal static class UsageChecks
{
    public const int MaxDimensions = 16;
    public const int MaxDimensionLength = 64;

    private static readonly long OldestTicks = TimeLimits.First.ToUnixTimeTicks();
    private static readonly long NewestTicks = TimeLimits.End.ToUnixTimeTicks();

    /// <summary>The refusal, or null with the quantity in the meter's unit.</summary>
    public static UsageResult? Refusal(in UsageEvent e, MeterEntry meter, out decimal quantity)
    {
        quantity = e.Value;
        if (!EntityId.IsValid(e.Id) && !IsSourcedId(e.Id))
        {
            return Refuse("usage.id_invalid", "The event id must have 1 to 128 printable characters.");
        }
        if (e.UnixTicks < OldestTicks || e.UnixTicks >= NewestTicks)
        {
            return Refuse("usage.time_invalid", "The time must lie between the years 1900 and 2200.");
        }
        if (!QuantityLimits.Allows(e.Value))
        {
            return Refuse("usage.value_out_of_range", "The value must have at most 12 decimals and be below 10^15.");
        }
        // Figures from which usage is derived are no usage; what comes of them is judged by itself.
        if (e.Value < 0 && meter.Definition is { TakesNegative: false, Value: null })
        {
            return Refuse("usage.negative_quantity", "The value must not be negative.");
        }
        if (e.Dimensions is { } dimensions && !Allowed(dimensions))
        {
            return Refuse("usage.dimensions_invalid", "At most 16 different dimensions, names and values of 1 to 64 characters.");
        }
        if (meter.Definition.UniqueOf is { } counted && Find(e.Dimensions, counted) is null && !meter.Definition.Derives(counted))
        {
            return Refuse(
                RatingReasons.DimensionMissing, $"The meter counts different values of '{counted}': send that dimension.");
        }
        if (meter.Lasts && LastingRefusal(e, meter.Definition) is { } refusal)
        {
            return refusal;
        }
        return e.Unit is null || e.Unit == meter.Definition.Unit ? null : Convert(e.Unit, e.Value, meter, out quantity);
    }

    private static UsageResult? LastingRefusal(in UsageEvent e, MeterDefinition meter) =>
        meter.Session is { } session ? SessionRefusal(e, session) : LevelRefusal(e, meter);

    private static UsageResult? SessionRefusal(in UsageEvent e, SessionRule session)
    {
        if (Find(e.Dimensions, session.Id) is null or "")
        {
            return Refuse("usage.session_missing", $"Say in the dimension '{session.Id}' which session the record is of.");
        }
        return Find(e.Dimensions, session.Phase) is null or SessionReading.Start or SessionReading.Interim or SessionReading.Stop
            ? null
            : Refuse("usage.phase_invalid", $"The dimension '{session.Phase}' says 'start', 'interim' or 'stop'.");
    }

    private static UsageResult? LevelRefusal(in UsageEvent e, MeterDefinition meter)
    {
        if (meter.Operation is { } operation && Find(e.Dimensions, operation) is not (null or LevelRecord.Add or LevelRecord.Remove))
        {
            return Refuse("usage.operation_invalid", $"The dimension '{operation}' says 'add' or 'remove'.");
        }
        return meter.Value is null && Math.Abs(e.Value) >= LevelRecord.LevelsBelow
            ? Refuse("usage.value_out_of_range", "A level, or its change, must be below 10^12.")
            : null;
    }

    /// <summary>The value of a dimension; null when the event has none of that name.</summary>
    public static string? Find(KeyValuePair<string, string>[]? dimensions, string name) =>
        Array.Find(dimensions ?? [], d => d.Key == name).Value;

    /// <summary>Converts a value that was accepted before.</summary>
    public static decimal InMeterUnit(decimal value, string? unit, MeterEntry meter) =>
        unit is null ? value
        : Unit.TryConvert(value, Unit.Parse(unit), meter.Unit, out var converted) ? converted
        : throw new InvalidDataException($"{value} {unit} no longer converts to {meter.Definition.Unit} exactly.");

    private static UsageResult? Convert(string unit, decimal value, MeterEntry meter, out decimal quantity)
    {
        quantity = 0m;
        if (!Unit.TryParse(unit, out var from) || !Unit.Converts(from, meter.Unit))
        {
            return Refuse(
                "usage.unit_mismatch", $"'{Short(unit)}' does not convert to the meter's unit '{meter.Definition.Unit}'.");
        }
        return Unit.TryConvert(value, from, meter.Unit, out quantity) && QuantityLimits.Allows(quantity)
            ? null
            : Refuse("usage.unit_inexact", $"The value in {unit} is no exact number of {meter.Definition.Unit}; send it in that unit.");
    }

    private static bool Allowed(KeyValuePair<string, string>[] dimensions)
    {
        if (dimensions.Length > MaxDimensions)
        {
            return false;
        }
        for (var i = 0; i < dimensions.Length; i++)
        {
            var (name, value) = dimensions[i];
            if (name is not { Length: >= 1 and <= MaxDimensionLength } || value is not { Length: <= MaxDimensionLength })
            {
                return false;
            }
            for (var j = 0; j < i; j++)
            {
                if (dimensions[j].Key == name)
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <summary>Ids made of a CloudEvent's source and id may be longer than an entity's.</summary>
    private static bool IsSourcedId(string? id) => id is { Length: >= 1 and <= 512 } && !id.Any(char.IsControl);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static UsageResult Refuse(string code, string message) =>
        new() { Status = UsageStatus.Rejected, Code = code, Message = message };
}
