namespace OrleansBilling.Core.Usage;

/// <summary>How the usage of a period becomes one quantity. Every kind merges in any order and grouping; numbers are
/// stored and sent, so they never change.</summary>
public enum AggregationKind
{
    /// <summary>The values added up; of a count meter, 1 for each event.</summary>
    Sum = 0,

    /// <summary>The greatest value.</summary>
    Max = 1,

    /// <summary>The least value.</summary>
    Min = 2,

    /// <summary>The value with the greatest event time; of several at that very time, the greatest value.</summary>
    Latest = 3,

    /// <summary>How many different values a dimension had.</summary>
    Unique = 4,
}
