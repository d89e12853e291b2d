using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>What was reported of a level at one instant, all records of that instant taken together.</summary>
/// <param name="Time">The level is this from here on, until the next reading.</param>
/// <param name="Value">The level, or what it changes by; see <see cref="LevelSource"/>.</param>
public readonly record struct LevelReading(Instant Time, decimal Value);
