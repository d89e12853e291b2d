using NodaTime;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>Billing periods by local calendar: days, or months from their first day.</summary>
internal sealed class Calendar(string zone, string cycle)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zone];

    /// <summary>First instant of the period that holds an instant.</summary>
    public DateTimeOffset StartOf(DateTimeOffset time)
    {
        var date = Instant.FromDateTimeOffset(time).InZone(_zone).Date;
        return At(cycle == "month" ? new LocalDate(date.Year, date.Month, 1) : date);
    }

    /// <summary>First instant of the next period.</summary>
    public DateTimeOffset EndOf(DateTimeOffset start)
    {
        var date = Instant.FromDateTimeOffset(start).InZone(_zone).Date;
        return At(cycle == "month" ? date.PlusMonths(1) : date.PlusDays(1));
    }

    private DateTimeOffset At(LocalDate date) => _zone.AtStartOfDay(date).ToInstant().ToDateTimeOffset();
}
