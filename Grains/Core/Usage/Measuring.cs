using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Expressions;

namespace OrleansBilling.Core.Usage;

/// <summary>
/// A meter's rules made ready: from what an event says to what plans price. A pure function of the event, so that the order in which
/// events come, and how often they are sent, makes no difference. Immutable; safe to share between threads.
/// </summary>
public sealed class Measuring
{
    private static readonly KeyValuePair<string, string>[] NoDimensions = [];
    private readonly MeterDefinition _meter;
    private readonly Expression<decimal>? _value;
    private readonly CompiledDimension[] _dimensions;
    private readonly string[] _figures;

    /// <param name="meter">Valid.</param>
    /// <exception cref="ArgumentException">An expression of the meter is none.</exception>
    public Measuring(MeterDefinition meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _meter = meter;
        _value = meter.Value is { } value ? Expression.Checked(Expression.Number(value, out var error), error) : null;
        _dimensions = [.. (meter.Dimensions ?? []).Select(rule => new CompiledDimension(rule))];
        // Levels and sessions are told apart by their dimensions: what only carries figures would make a new one of each record.
        _figures = _value is null || !meter.Lasts ? [] : [.. _value.Figures];
        IsPlain = _value is null && _dimensions.Length == 0;
    }

    /// <summary>Whether events are priced as they say.</summary>
    public bool IsPlain { get; }

    /// <summary>What the meter makes of an event.</summary>
    /// <param name="quantity">Its value in the meter's unit.</param>
    /// <param name="dimensions">Its dimensions in order of their names; null is none.</param>
    /// <param name="measured">Meaningless when there is a fault.</param>
    /// <param name="fault">Why nothing can be made of it.</param>
    public bool TryMeasure(
        decimal quantity, KeyValuePair<string, string>[]? dimensions, out Measured measured,
        [NotNullWhen(false)] out ExpressionFault? fault)
    {
        (measured, fault) = (new(quantity, dimensions ?? NoDimensions), null);
        foreach (var rule in _dimensions)
        {
            if (!rule.TryApply(ref measured, quantity, out fault))
            {
                return false;
            }
        }

        if (_value is not null && !TryDerive(quantity, ref measured, out fault))
        {
            return false;
        }

        fault = null;
        return true;
    }

    private bool TryDerive(decimal quantity, ref Measured measured, [NotNullWhen(false)] out ExpressionFault? fault)
    {
        if (!_value!.TryEvaluate(quantity, measured.Dimensions, out var derived, out fault))
        {
            return false;
        }

        derived = DecimalText.Normalize(decimal.Round(derived, ExpressionLimits.MaxPlaces, MidpointRounding.ToEven));
        if (!_meter.Takes(derived))
        {
            fault = _value.Fault(ExpressionFaults.OutOfRange, subject: DecimalText.Format(derived));
            return false;
        }

        measured = measured with
        {
            Quantity = derived,
            Dimensions = _figures.Length == 0
                ? measured.Dimensions
                : [.. measured.Dimensions.Where(d => !_figures.Contains(d.Key, StringComparer.Ordinal))],
        };
        return true;
    }
}
