using System.Text;
using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A plan, a subscription to it, and its usage.</summary>
internal sealed record Case(
    PlanDefinition Plan,
    IReadOnlyDictionary<string, MeterDefinition> Meters,
    DateTimeZone Zone,
    LocalDate Anchor,
    Instant Start,
    Instant End,
    int FirstPeriod,
    int Periods,
    IReadOnlyList<OracleEvent> Events,
    IReadOnlyList<OracleDevice> Devices)
{
    internal LocalClock Clock { get; } = new(Zone);

    private readonly Dictionary<ScheduleEntry, PriceDefinition> _prices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ScheduleBand, PriceDefinition> _bands = new(ReferenceEqualityComparer.Instance);

    /// <summary>The one object that prices an instant: of a window, or of the last entry of a schedule that has begun; null when
    /// there is no price.</summary>
    internal PriceDefinition? PriceAt(ChargeDefinition charge, Instant time)
    {
        if (charge.TimeOfUse is { } timeOfUse)
        {
            var window = OracleWindows.Find(timeOfUse, Clock.At(time));
            return window < timeOfUse.Windows.Count ? timeOfUse.Windows[window].Price : timeOfUse.Otherwise!.Price;
        }

        return charge.Schedule is { } schedule ? PriceAt(schedule, time) : charge.Price;
    }

    private PriceDefinition? PriceAt(ScheduleDefinition schedule, Instant time)
    {
        var entry = schedule.Entries.LastOrDefault(e => e.From <= time);
        if (entry is null || time >= schedule.Until)
        {
            return null;
        }

        var band = schedule.Bands.SingleOrDefault(b => b.Name == entry.Band);
        return band is null
            ? Made(_prices, entry, entry.Price!.Value)
            : Made(_bands, band, band.UnitPrice);
    }

    /// <summary>Local days of the period on which the subscription ran: the day it starts counts, the day it ends does not.</summary>
    internal int ActiveDays(OraclePeriod period)
    {
        var from = Start > period.Start ? Clock.DayAt(Start) : period.From;
        var to = End < period.End ? Clock.DayAt(End) : period.To;
        return Math.Max(0, to.DayNumber - from.DayNumber);
    }

    public override string ToString()
    {
        var text = new StringBuilder()
            .AppendLine(Encoding.UTF8.GetString(PlanJson.Serialize(Plan)))
            .AppendLine($"zone {Zone.Id}, anchor {Anchor:R}, active {Start} to {End}, periods {FirstPeriod} + {Periods}");
        foreach (var meter in Meters.Values.Where(m => Plan.Charges.Any(c => c.Meter == m.Id)))
        {
            text.AppendLine($"meter {meter.Id}: {meter.Aggregation} in {meter.Unit} {meter.Per}");
        }

        foreach (var device in Devices)
        {
            text.AppendLine($"{device.Id}: {string.Join(", ", device.History.Select(h => $"{h.State} {h.From} to {h.To}"))}");
        }

        foreach (var e in Events)
        {
            text.AppendLine($"{e.Time} {e.Meter} {e.Value} {e.Device} {e.Place} {e.Kind} {e.Session}{(e.Late ? " late" : "")}");
        }

        return text.ToString();
    }

    private static PriceDefinition Made<T>(Dictionary<T, PriceDefinition> known, T key, decimal price)
        where T : notnull =>
        known.TryGetValue(key, out var made)
            ? made
            : known[key] = new() { Model = PriceModel.PerUnit, UnitPrice = price };
}
