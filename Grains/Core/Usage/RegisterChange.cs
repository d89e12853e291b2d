using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>The consumption that belongs to one reading is new, or is another than before.</summary>
/// <param name="Time">The reading's instant; the consumption since the reading before it belongs to it.</param>
/// <param name="OldDelta">What had been counted for that reading; null when the reading is new.</param>
/// <param name="NewDelta">What is to be counted for it now; zero for the very first reading (the baseline).</param>
public readonly record struct RegisterChange(Instant Time, decimal? OldDelta, decimal NewDelta)
{
    /// <summary>Whether nothing was counted and nothing is: it needs no price.</summary>
    public bool IsNothing => OldDelta is null or 0m && NewDelta == 0m;
}
