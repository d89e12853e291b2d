using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Agreements;

/// <summary>The periods of an agreement.</summary>
/// <remarks>A billing period of a subscription counts in the agreement's period in which it ends; an end at the very end of a period is
/// in it.</remarks>
public sealed class SpendCalendar
{
    private readonly SpendAgreement _agreement;
    private readonly DateTimeZone _zone;
    private readonly BillingCalendar _calendar;

    /// <param name="agreement">With a known time zone and a valid anchor date.</param>
    public SpendCalendar(SpendAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        _agreement = agreement;
        _zone = DateTimeZoneProviders.Tzdb[agreement.TimeZone];
        _calendar = new(_zone, LocalDatePattern.Iso.Parse(agreement.AnchorDate).Value, agreement.Cycle);
    }

    /// <summary>Index of the period in which the agreement begins.</summary>
    public int First => _calendar.IndexAt(_agreement.From);

    /// <summary>The calendar's period at an instant, whether or not the agreement is in force.</summary>
    public BillingPeriod WholeAt(Instant time) => _calendar.PeriodAt(time);

    /// <summary>A period; null where the agreement is not in force in any of it.</summary>
    public SpendPeriod? Period(int index)
    {
        var whole = _calendar.Period(index);
        var start = Instant.Max(whole.Start, _agreement.From);
        var end = _agreement.To is { } to ? Instant.Min(whole.End, to) : whole.End;
        return start < end ? new(whole, start, end, Proration.ByDay(whole, new(start, end), _zone)) : null;
    }

    /// <summary>The period in which something that ends then counts; null when the agreement is not in force for it.</summary>
    public SpendPeriod? EndingAt(Instant end) =>
        end > _agreement.From && (_agreement.To is not { } to || end <= to) ? Period(_calendar.IndexAt(end - Duration.Epsilon)) : null;
}
