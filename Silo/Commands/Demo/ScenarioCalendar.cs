using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Whole periods around the data of a scenario: cycles of months from an anchor, at local midnight.</summary>
internal sealed class ScenarioCalendar
{
    /// <summary>Broken clocks write 1970; such events get no period of their own.</summary>
    public static readonly Instant Plausible = Instant.FromUtc(2000, 1, 1, 0, 0);

    private readonly DateTimeZone _zone;
    private readonly LocalDate _anchor;
    private readonly int _months;

    public ScenarioCalendar(Scenario scenario, int months)
    {
        _zone = DateTimeZoneProviders.Tzdb[scenario.TimeZone];
        _anchor = scenario.AnchorDate is { } date ? LocalDatePattern.Iso.Parse(date).Value : new LocalDate(2000, 1, 1);
        _months = months;
    }

    /// <summary>Start of the period that contains an instant.</summary>
    public Instant PeriodStart(Instant time) => Midnight(StartDate(time.InZone(_zone).Date));

    /// <summary>First instant after that period.</summary>
    public Instant PeriodEnd(Instant time) => Midnight(StartDate(time.InZone(_zone).Date).PlusMonths(_months));

    /// <summary>Start of the local day that contains an instant.</summary>
    public Instant DayStart(Instant time) => Midnight(time.InZone(_zone).Date);

    private LocalDate StartDate(LocalDate date)
    {
        var cycles = (int)Math.Floor(
            (((date.Year - _anchor.Year) * 12) + date.Month - _anchor.Month) / (double)_months);
        var start = _anchor.PlusMonths(cycles * _months);
        return start > date ? _anchor.PlusMonths((cycles - 1) * _months) : start;
    }

    private Instant Midnight(LocalDate date) => date.AtStartOfDayInZone(_zone).ToInstant();
}
