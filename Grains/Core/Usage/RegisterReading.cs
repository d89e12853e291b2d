using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>One point in the history of a cumulative register.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="Value">The reading, in the meter's unit; null at a reset whose old register was not read any
/// more.</param>
/// <param name="RestartAt">Set at a reset or a change of device: the register shows this from <paramref name="Time"/>
/// on.</param>
public readonly record struct RegisterReading(Instant Time, decimal? Value, decimal? RestartAt = null)
{
    /// <summary>What the next reading is compared with.</summary>
    internal decimal Base => RestartAt ?? Value ?? 0m;
}
