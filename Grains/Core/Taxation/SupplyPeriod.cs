using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Core.Taxation;

/// <summary>The days on which something was or is supplied, both ends included (as BT-134 and BT-135 of EN 16931 are).</summary>
/// <remarks><c>default</c> is 1 January of the year 1 and lies before all data, so it is held.</remarks>
public readonly record struct SupplyPeriod
{
    /// <summary>From a first through a last day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The last day is before the first.</exception>
    [JsonConstructor]
    public SupplyPeriod(LocalDate first, LocalDate last)
    {
        if (last < first)
        {
            throw new ArgumentOutOfRangeException(nameof(last), last, $"The last day is before the first, {first:R}.");
        }
        First = first;
        Last = last;
    }

    /// <summary>First day.</summary>
    public LocalDate First { get; }

    /// <summary>Last day; the same for something supplied on one day.</summary>
    public LocalDate Last { get; }

    /// <summary>How many days; at least 1.</summary>
    [JsonIgnore]
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>One day.</summary>
    public static SupplyPeriod On(LocalDate day) => new(day, day);
}
