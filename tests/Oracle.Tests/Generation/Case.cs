using System.Text;
using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A subscription with its plans, its devices, and their usage.</summary>
/// <param name="Taken">Plans in the order of time, all of one currency and cycle; the first at the start.</param>
internal sealed record Case(
    IReadOnlyList<PlanTaken> Taken,
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
    private readonly Dictionary<ScheduleEntry, PriceDefinition> _prices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ScheduleBand, PriceDefinition> _bands = new(ReferenceEqualityComparer.Instance);

    /// <summary>In the order of time, not overlapping.</summary>
    internal IReadOnlyList<Pause> Pauses { get; init; } = [];

    /// <summary>Whether the end was decided by a cancellation, and not agreed at the creation.</summary>
    internal bool IsCancelled { get; init; }

    /// <summary>The plan at the start.</summary>
    internal PlanDefinition Plan => Taken[0].Plan;

    internal LocalClock Clock { get; } = new(Zone);

    internal OraclePeriod Period(int index) =>
        OracleCalendar.Period(index, new(Anchor.Year, Anchor.Month, Anchor.Day), Plan.Cycle, Clock);

    /// <summary>The period that an instant at or after the start belongs to.</summary>
    internal int IndexAt(Instant time)
    {
        var index = FirstPeriod;
        while (time >= Period(index).End)
        {
            index++;
        }

        return index;
    }

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

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (from, plan, agreed, trial) in Taken)
        {
            text.AppendLine($"from {from}{(trial ? " with its trial" : "")}: {Encoding.UTF8.GetString(PlanJson.Serialize(plan))}");
            text.Append(agreed is null ? "" : $"  agreed: {Encoding.UTF8.GetString(PlanOverridesJson.Serialize(agreed))}\n");
        }

        var cancelled = IsCancelled ? ", cancelled" : "";
        text.AppendLine($"zone {Zone.Id}, anchor {Anchor:R}, {Start} to {End}{cancelled}, periods {FirstPeriod} + {Periods}");
        foreach (var pause in Pauses)
        {
            text.AppendLine(pause.ToString());
        }

        foreach (var meter in Meters.Values.Where(m => Taken.Any(t => t.Plan.Charges.Any(c => c.Meter == m.Id))))
        {
            text.AppendLine(meter.ToString());
        }

        foreach (var device in Devices)
        {
            text.AppendLine($"{device.Id}: {string.Join(", ", device.History.Select(h => $"{h.State} {h.From} to {h.To}"))}");
        }

        return text.AppendJoin('\n', Events).ToString();
    }

    private static PriceDefinition Made<T>(Dictionary<T, PriceDefinition> known, T key, decimal price)
        where T : notnull =>
        known.TryGetValue(key, out var made)
            ? made
            : known[key] = new() { Model = PriceModel.PerUnit, UnitPrice = price };
}
