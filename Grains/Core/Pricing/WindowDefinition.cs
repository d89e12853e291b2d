using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>A local time of day with its own price.</summary>
public sealed record WindowDefinition
{
    /// <summary>Unique in the charge; shown on the bill, e.g. <c>peak</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The days it begins on; null for every day.</summary>
    public IReadOnlyList<IsoDayOfWeek>? Weekdays { get; init; }

    /// <summary>First local time that belongs to it.</summary>
    public required LocalTime From { get; init; }

    /// <summary>First local time that no longer does; midnight is the end of the day (24:00). Earlier than
    /// <see cref="From"/>: it runs over midnight, and belongs to the day it began on.</summary>
    public required LocalTime To { get; init; }

    /// <summary>The part of the year it applies in; null for the whole year.</summary>
    public SeasonDefinition? Season { get; init; }

    /// <summary>True: on holidays only. False: on other days only. Null: holidays make no difference.</summary>
    public bool? Holidays { get; init; }

    /// <summary>The price in it.</summary>
    public required PriceDefinition Price { get; init; }
}
