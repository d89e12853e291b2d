using NodaTime;

namespace OrleansBilling.Core.Periods;

/// <summary>The half-open time <c>[Start, End)</c> that one invoice covers.</summary>
/// <param name="Index">0 for the period that begins on the anchor; may be negative.</param>
/// <param name="Start">The start of <paramref name="LocalStart"/> in the subscription's zone.</param>
/// <param name="End">The start of <paramref name="LocalEnd"/>, and of the next period.</param>
/// <param name="LocalStart">First local day.</param>
/// <param name="LocalEnd">The local day after the last one.</param>
public readonly record struct BillingPeriod(
    int Index, Instant Start, Instant End, LocalDate LocalStart, LocalDate LocalEnd)
{
    /// <summary>Local days, of real calendar length: 28 to 31 for a month.</summary>
    public int Days => Period.DaysBetween(LocalStart, LocalEnd);

    /// <summary>Whether the instant lies in the period; the start does, the end does not.</summary>
    public bool Contains(Instant time) => time >= Start && time < End;

    /// <summary>The period as an interval.</summary>
    public Interval ToInterval() => new(Start, End);
}
