using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>A usage record of a level meter, read as what it says of a level.</summary>
/// <param name="Time">From here on.</param>
/// <param name="Value">As <see cref="LevelHistory"/> takes it.</param>
/// <param name="Dimensions">What tells the levels of a device apart: all dimensions but the operation, in order of their
/// names.</param>
public readonly record struct LevelRecord(Instant Time, decimal Value, KeyValuePair<string, string>[] Dimensions)
{
    /// <summary>The operation that adds; also what a record without one does.</summary>
    public const string Add = "add";

    /// <summary>The operation that takes away.</summary>
    public const string Remove = "remove";

    /// <summary>Beyond it the integral over a long period could not be rated.</summary>
    public const decimal LevelsBelow = 1_000_000_000_000m;

    /// <summary>Reads a record.</summary>
    /// <param name="meter">Of a level.</param>
    /// <param name="time">Of the record.</param>
    /// <param name="quantity">Its value, in the meter's unit; takes no part where values of a dimension are counted.</param>
    /// <param name="dimensions">Of the record; null is none.</param>
    public static LevelRecord Of(
        MeterDefinition meter, Instant time, decimal quantity, IReadOnlyList<KeyValuePair<string, string>>? dimensions)
    {
        var removes = (dimensions ?? []).Any(d => d.Key == meter.Operation && d.Value == Remove);
        var value = meter.Source == LevelSource.Member ? (removes ? 0m : 1m) : removes ? -quantity : quantity;
        return new(
            time, value, [.. (dimensions ?? []).Where(d => d.Key != meter.Operation).OrderBy(d => d.Key, StringComparer.Ordinal)]);
    }
}
