using OrleansBilling.Core.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>A meter as it was declared.</summary>
/// <param name="Unit">Unit of every reported value.</param>
/// <param name="Aggregation"><c>sum</c> of the values or <c>count</c> of the events.</param>
/// <param name="Cumulative">Set when devices report readings of a register.</param>
internal sealed record MeterAnswer(
    string Id, string Name, string Unit, string Aggregation, CumulativeRegister? Cumulative)
{
    public static MeterAnswer Of(MeterDefinition meter) =>
        new(meter.Id, meter.Name, meter.Unit, meter.Aggregation, meter.Cumulative);
}
