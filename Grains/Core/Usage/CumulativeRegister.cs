namespace OrleansBilling.Core.Usage;

/// <summary>Says that a meter reports the reading of a counter that only grows, not the usage itself.</summary>
/// <param name="RolloverAt">The counter runs from 0 up to, but not including, this value and then starts again at 0;
/// in the meter's unit. Null: it never rolls over, so a lower reading is an error until a reset is declared.</param>
public sealed record CumulativeRegister(decimal? RolloverAt);
