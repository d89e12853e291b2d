using System.Text.Json.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>What is counted.</summary>
/// <param name="Id">1 to 64 of <c>a-z A-Z 0-9 . _ -</c>; unique in a tenant.</param>
/// <param name="Name">For people, 1 to 200 characters.</param>
/// <param name="Unit">See <see cref="Usage.Unit"/>; the unit of every reported quantity.</param>
/// <param name="Aggregation"><c>sum</c> of the values, <c>count</c> of the events (each counts 1, whatever its
/// value), or <c>max</c>, <c>min</c>, <c>latest</c>, <c>unique</c>: see <see cref="AggregationKind"/>; or <c>timeWeighted</c>, the
/// integral of a level over the seconds.</param>
/// <param name="Cumulative">Set when devices report register readings; null when they report usage.</param>
/// <param name="Per">What is aggregated before it is added up: null, the whole subscription; <c>device</c>, each device
/// by itself. Only of max, min, latest and unique.</param>
/// <param name="UniqueOf">The dimension whose different values are counted; only of unique and timeWeighted; unique needs
/// it.</param>
/// <param name="Reports">Of timeWeighted: <c>level</c> (the default), values are the level; <c>change</c>, what it changes
/// by.</param>
/// <param name="CarryOver">Whether the level at the end of a period is that at the start of the next; null: of timeWeighted yes, of
/// sum, latest and unique no. Others cannot.</param>
/// <param name="Operation">The dimension that says <c>add</c> (also when it is missing) or <c>remove</c>; of what reports changes or
/// counts values.</param>
/// <param name="Session">Set when records are parts of sessions; only of sum.</param>
/// <param name="Value">An expression over the value and the dimensions of an event; what it comes to is the event's quantity. Null: its
/// value is. See <see cref="Measuring"/>.</param>
/// <param name="Dimensions">Dimensions that are derived, or have few values; applied in their order, before
/// <paramref name="Value"/>. Null: none.</param>
/// <param name="MaxDistinct">The most that one device may tell apart in this meter: values of <paramref name="UniqueOf"/> in a period (of
/// one partition's devices without <paramref name="Per"/>), levels by their dimensions, or sessions. What is beyond it is quarantined.
/// Null: <see cref="DistinctLimit"/>.</param>
/// <param name="EventType">A type of event, of those that other products' clients send, which it counts beside the type that is its id: several
/// meters may count the same events. Null: none.</param>
public sealed record MeterDefinition(
    string Id,
    string Name,
    string Unit,
    string Aggregation = "sum",
    CumulativeRegister? Cumulative = null,
    string? Per = null,
    string? UniqueOf = null,
    string? Reports = null,
    bool? CarryOver = null,
    string? Operation = null,
    SessionRule? Session = null,
    string? Value = null,
    IReadOnlyList<DimensionRule>? Dimensions = null,
    int? MaxDistinct = null,
    string? EventType = null)
{
    /// <summary>The value of <see cref="Per"/> for each device by itself.</summary>
    public const string PerDevice = "device";

    /// <summary>The aggregation that is the integral of a level.</summary>
    public const string TimeWeighted = "timeWeighted";

    /// <summary>What is wrong with it; empty when nothing is. Pointers are those of the meter's JSON.</summary>
    public IReadOnlyList<ValidationError> Validate() => MeterValidator.Validate(this);

    /// <summary>Whether the aggregation is a count, so that an event's value does not matter.</summary>
    public bool Counts => Aggregation == "count";

    /// <summary>Whether its records tell of a level that holds until the next one, see <see cref="LevelHistory"/>.</summary>
    [JsonIgnore]
    public bool IsLevel => Integrates || CarryOver == true || Operation is not null;

    /// <summary>Whether a level counts for the seconds that it holds; else it counts once, as it is at the period's end.</summary>
    [JsonIgnore]
    public bool Integrates => Aggregation == TimeWeighted;

    /// <summary>The unit of what usage comes to: of an integral the level's times seconds, else that of the values.</summary>
    [JsonIgnore]
    public string TotalUnit => Integrates ? Unit + Usage.Unit.TimesSeconds : Unit;

    /// <summary>Whether a level goes on in the next period.</summary>
    [JsonIgnore]
    public bool Carries => CarryOver ?? Integrates;

    /// <summary>What the records of a level say.</summary>
    [JsonIgnore]
    public LevelSource Source => UniqueOf is not null ? LevelSource.Member
        : Aggregation is "sum" || Reports == "change" ? LevelSource.Change
        : LevelSource.Level;

    /// <summary>Whether a record says what lasts until another one, so that its value is no usage by itself.</summary>
    [JsonIgnore]
    public bool Lasts => IsLevel || Session is not null;

    /// <summary>How values become one quantity; a count is a sum of ones. Levels of devices add up.</summary>
    [JsonIgnore]
    public AggregationKind Kind => IsLevel ? AggregationKind.Sum : Aggregation switch
    {
        "max" => AggregationKind.Max,
        "min" => AggregationKind.Min,
        "latest" => AggregationKind.Latest,
        "unique" => AggregationKind.Unique,
        _ => AggregationKind.Sum,
    };

    /// <summary>Whether a quantity can be below 0: changes go up and down, unless a dimension says which.</summary>
    [JsonIgnore]
    public bool TakesNegative => this is { IsLevel: true, Source: LevelSource.Change, Operation: null };

    /// <summary>How many different things are told apart at most, so that a flood of values cannot fill the memory.</summary>
    [JsonIgnore]
    public int DistinctLimit => MaxDistinct ?? (Session is null ? Rating.Aggregate.MaxDistinct : SessionHistory.MaxSessions);

    /// <summary>Whether a dimension is derived, so that every event has it.</summary>
    public bool Derives(string dimension) => Dimensions?.Any(rule => rule.Name == dimension && rule.Value is not null) == true;

    /// <summary>Whether it takes a quantity, in its unit.</summary>
    public bool Takes(decimal quantity) => QuantityLimits.Allows(quantity) && (quantity >= 0m || TakesNegative)
        && (!IsLevel || Math.Abs(quantity) < LevelRecord.LevelsBelow);
}
