using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>Prices as a step function of time: price bands told a day ahead, hourly spot prices.</summary>
/// <param name="Bands">The named prices; empty when the entries hold prices.</param>
/// <param name="Entries">Strictly ascending; all with bands, or all with prices.</param>
/// <param name="Until">First instant without a price; null: the last entry holds for ever. Before the first entry
/// there is no price either; usage without a price is not rated.</param>
public sealed record ScheduleDefinition(
    IReadOnlyList<ScheduleBand> Bands, IReadOnlyList<ScheduleEntry> Entries, Instant? Until);
