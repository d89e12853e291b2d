using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Balances;

/// <summary>What of a grant goes on when it expires, and until when. It never changes.</summary>
/// <param name="Cycle">How long what goes on lasts, from one expiry to the next.</param>
/// <param name="TimeZone">IANA id: where that is counted, so that an end of a month stays one.</param>
/// <param name="Percent">Of what is left, 0 to 100, down to the minor unit; null for all of it.</param>
/// <param name="Maximum">The most that goes on; null for any amount.</param>
/// <param name="Times">How often it does.</param>
/// <param name="First">When the grant expires that was given; the others are counted from it.</param>
/// <param name="Until">When the wallet expires; nothing goes on beyond it.</param>
/// <param name="Done">How often it has; 0 for the grant that was given.</param>
/// <remarks>Rule: ADR 0017.</remarks>
public sealed record CreditRollOver(
    BillingCycle Cycle, string TimeZone, decimal? Percent, Money? Maximum, int Times, Instant First, Instant? Until, int Done = 0)
{
    /// <summary>The rule of the grant that goes on; null where nothing does any more.</summary>
    public CreditRollOver? Next => Done < Times && !(Until <= At(Done)) ? this with { Done = Done + 1 } : null;

    /// <summary>When the present one expires.</summary>
    public Instant ExpiresAt => Until < At(Done) ? Until.Value : At(Done);

    /// <summary>What goes on of what is left.</summary>
    public Money Share(Money left)
    {
        var share = Percent is { } percent
            ? new Money((long)decimal.Truncate(left.MinorUnits * percent / 100m), left.Currency)
            : left;
        return Maximum is { } most ? Postings.Least(most, share) : share;
    }

    private Instant At(int times)
    {
        var zone = DateTimeZoneProviders.Tzdb[TimeZone];
        var (first, count) = (First.InZone(zone).LocalDateTime, times * Cycle.Count);
        return times == 0 ? First : zone.AtLeniently(Cycle.Unit switch
        {
            CycleUnit.Day => first.PlusDays(count),
            CycleUnit.Week => first.PlusWeeks(count),
            CycleUnit.Month => first.PlusMonths(count),
            _ => first.PlusYears(count),
        }).ToInstant();
    }
}
