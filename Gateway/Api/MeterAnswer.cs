using OrleansBilling.Core.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>A meter as it was declared.</summary>
/// <param name="Unit">Unit of every reported value.</param>
/// <param name="Aggregation"><c>sum</c>, <c>count</c>, <c>max</c>, <c>min</c>, <c>latest</c>, <c>unique</c> or
/// <c>timeWeighted</c>.</param>
/// <param name="Cumulative">Set when devices report readings of a register.</param>
/// <param name="Per"><c>device</c>: each device is aggregated by itself, then devices are added up.</param>
/// <param name="UniqueOf">The dimension whose different values are counted.</param>
/// <param name="Reports"><c>level</c> or <c>change</c>, when the meter says so.</param>
/// <param name="CarryOver">Whether the level goes on in the next period, when the meter says so.</param>
/// <param name="Operation">The dimension that says <c>add</c> or <c>remove</c>.</param>
/// <param name="Session">Set when records are parts of sessions.</param>
/// <param name="Value">The expression that an event counts; null: its value.</param>
/// <param name="Dimensions">Dimensions that are derived, or have few values.</param>
/// <param name="MaxDistinct">The most that one device may tell apart, when the meter says so.</param>
/// <param name="EventType">A type of other products' events that it counts too.</param>
internal sealed record MeterAnswer(
    string Id, string Name, string Unit, string Aggregation, CumulativeRegister? Cumulative, string? Per, string? UniqueOf,
    string? Reports, bool? CarryOver, string? Operation, SessionRule? Session, string? Value, IReadOnlyList<DimensionRule>? Dimensions,
    int? MaxDistinct, string? EventType)
{
    public static MeterAnswer Of(MeterDefinition meter) =>
        new(meter.Id, meter.Name, meter.Unit, meter.Aggregation, meter.Cumulative, meter.Per, meter.UniqueOf,
            meter.Reports, meter.CarryOver, meter.Operation, meter.Session, meter.Value, meter.Dimensions,
            meter.MaxDistinct, meter.EventType);
}
