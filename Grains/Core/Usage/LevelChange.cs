using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>By how much a level is higher, or lower, for a time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive; <see cref="Instant.MaxValue"/> when nothing ends it yet.</param>
/// <param name="Delta">Not 0; a whole level, where a history is told from nothing.</param>
public readonly record struct LevelChange(Instant From, Instant To, decimal Delta);
