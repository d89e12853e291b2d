using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>A meter in the partition's table; usage records refer to it by number.</summary>
internal sealed class MeterEntry(int index, TenantCopy tenant, MeterDefinition definition)
{
    public int Index { get; } = index;

    public TenantCopy Tenant { get; } = tenant;

    public MeterDefinition Definition { get; } = definition;

    public Unit Unit { get; } = Unit.Parse(definition.Unit);

    public AggregationKind Kind { get; } = definition.Kind;

    /// <summary>See <see cref="MeterDefinition.Lasts"/>.</summary>
    public bool Lasts { get; } = definition.Lasts;

    public bool Cumulative => Definition.Cumulative is not null;

    private readonly Measuring _measuring = new(definition);

    /// <summary>What the meter makes of an event; see <see cref="Measuring"/>.</summary>
    /// <param name="quantity">In the meter's unit.</param>
    public bool TryMeasure(
        decimal quantity, KeyValuePair<string, string>[]? dimensions, out Measured measured,
        [NotNullWhen(false)] out ExpressionFault? fault) =>
        _measuring.TryMeasure(quantity, dimensions, out measured, out fault);

    /// <summary>What the meter made of usage that was accepted before.</summary>
    /// <exception cref="InvalidDataException">It now makes nothing of it.</exception>
    public Measured Measure(decimal value, string? unit, KeyValuePair<string, string>[]? dimensions) =>
        TryMeasure(UsageChecks.InMeterUnit(value, unit, this), dimensions, out var measured, out var fault)
            ? measured
            : throw new InvalidDataException($"Usage of meter '{Definition.Id}' can no longer be measured: {fault.Message}");
}
