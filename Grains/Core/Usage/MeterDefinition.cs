using System.Text.Json.Serialization;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>What is counted.</summary>
/// <param name="Id">1 to 64 of <c>a-z A-Z 0-9 . _ -</c>; unique in a tenant.</param>
/// <param name="Name">For people, 1 to 200 characters.</param>
/// <param name="Unit">See <see cref="Usage.Unit"/>; the unit of every reported quantity.</param>
/// <param name="Aggregation"><c>sum</c> of the values, <c>count</c> of the events (each counts 1, whatever its
/// value), or <c>max</c>, <c>min</c>, <c>latest</c>, <c>unique</c>: see <see cref="AggregationKind"/>.</param>
/// <param name="Cumulative">Set when devices report register readings; null when they report usage.</param>
/// <param name="Per">What is aggregated before it is added up: null, the whole subscription; <c>device</c>, each device
/// by itself. Only of max, min, latest and unique.</param>
/// <param name="UniqueOf">The dimension whose different values are counted; only of unique, which needs it.</param>
public sealed record MeterDefinition(
    string Id,
    string Name,
    string Unit,
    string Aggregation = "sum",
    CumulativeRegister? Cumulative = null,
    string? Per = null,
    string? UniqueOf = null)
{
    /// <summary>The value of <see cref="Per"/> for each device by itself.</summary>
    public const string PerDevice = "device";

    /// <summary>What is wrong with it; empty when nothing is. Pointers are those of the meter's JSON.</summary>
    public IReadOnlyList<ValidationError> Validate() => MeterValidator.Validate(this);

    /// <summary>Whether the aggregation is a count, so that an event's value does not matter.</summary>
    public bool Counts => Aggregation == "count";

    /// <summary>How values become one quantity; a count is a sum of ones.</summary>
    [JsonIgnore]
    public AggregationKind Kind => Aggregation switch
    {
        "max" => AggregationKind.Max,
        "min" => AggregationKind.Min,
        "latest" => AggregationKind.Latest,
        "unique" => AggregationKind.Unique,
        _ => AggregationKind.Sum,
    };
}
