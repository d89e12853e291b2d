using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>One event of a row.</summary>
public sealed record EmitDefinition
{
    /// <summary>Meter id.</summary>
    public required string Meter { get; init; }

    /// <summary>Template of the device id.</summary>
    public required string Device { get; init; }

    /// <summary>Template of the event id; a final <c>#</c> numbers rows that would have the same one.</summary>
    public required string Id { get; init; }

    /// <summary>When it was used.</summary>
    public required TimeDefinition Time { get; init; }

    /// <summary>A column, or a function of columns; see docs/import.md.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>The decimal mark of its columns; default a point.</summary>
    [JsonPropertyName("decimal")]
    public string? DecimalMark { get; init; }

    /// <summary>Unit of the value; null is the meter's.</summary>
    public string? Unit { get; init; }

    /// <summary>Least value that is believed.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest value that is believed.</summary>
    public string? Max { get; init; }

    /// <summary>Name to template, or to cases of a column.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Dimensions { get; init; }

    /// <summary>Only rows for which this holds have the event.</summary>
    public ConditionDefinition? When { get; init; }
}
