using OrleansBilling.Core.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>A meter as it was declared.</summary>
/// <param name="Unit">Unit of every reported value.</param>
/// <param name="Aggregation"><c>sum</c>, <c>count</c>, <c>max</c>, <c>min</c>, <c>latest</c> or <c>unique</c>.</param>
/// <param name="Cumulative">Set when devices report readings of a register.</param>
/// <param name="Per"><c>device</c>: each device is aggregated by itself, then devices are added up.</param>
/// <param name="UniqueOf">The dimension whose different values are counted.</param>
internal sealed record MeterAnswer(
    string Id, string Name, string Unit, string Aggregation, CumulativeRegister? Cumulative, string? Per, string? UniqueOf)
{
    public static MeterAnswer Of(MeterDefinition meter) =>
        new(meter.Id, meter.Name, meter.Unit, meter.Aggregation, meter.Cumulative, meter.Per, meter.UniqueOf);
}
