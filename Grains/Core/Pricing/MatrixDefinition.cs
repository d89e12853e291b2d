namespace OrleansBilling.Core.Pricing;

/// <summary>A table of prices by the dimensions of an event.</summary>
/// <param name="Dimensions">Names in order of weight: between rows that give equally many of them, the row wins that gives an
/// earlier one.</param>
/// <param name="Counters">What the tiers of rows count.</param>
/// <param name="Rows">In the order of the bill.</param>
/// <param name="Otherwise">The price of events that no row wants; null: such an event has no price.</param>
/// <remarks>Rule: semantics, matrix.</remarks>
public sealed record MatrixDefinition(
    IReadOnlyList<string> Dimensions,
    MatrixCounters Counters,
    IReadOnlyList<MatrixRow> Rows,
    OtherwiseDefinition? Otherwise)
{
    /// <summary>Written for any value, and for none.</summary>
    public const string Wildcard = "*";
}
