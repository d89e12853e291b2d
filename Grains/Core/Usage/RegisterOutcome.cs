namespace OrleansBilling.Core.Usage;

/// <summary>What became of a register reading.</summary>
public enum RegisterOutcome
{
    /// <summary>Taken; the changes say what it counts. A repetition of a known reading is taken with no
    /// changes.</summary>
    Accepted = 0,

    /// <summary>It is lower than the reading before it, or higher than the one after it, and nothing declares
    /// why.</summary>
    Backwards = 1,

    /// <summary>There is a reading at that very instant, with another value.</summary>
    SameInstant = 2,

    /// <summary>The value is at or above the rollover value or beyond <see cref="Amounts.QuantityLimits"/>, or negative
    /// although the register rolls over.</summary>
    OutOfRange = 3,

    /// <summary>It is older than the oldest reading kept, so what it changes is no longer known.</summary>
    BeforeHistory = 4,
}
