using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Expressions;

namespace OrleansBilling.Core.Usage;

/// <summary>A <see cref="DimensionRule"/> made ready.</summary>
internal sealed class CompiledDimension
{
    private readonly string _name;
    private readonly Expression<string>? _value;
    private readonly FrozenSet<string>? _values;
    private readonly string _otherwise;

    internal CompiledDimension(DimensionRule rule)
    {
        _name = rule.Name;
        _value = rule.Value is { } value ? Expression.Checked(Expression.Text(value, out var error), error) : null;
        _values = rule.Values?.ToFrozenSet(StringComparer.Ordinal);
        _otherwise = rule.Otherwise ?? DimensionRule.Other;
    }

    /// <summary>Sets the dimension; an event without it, of which nothing is derived, is left as it is.</summary>
    internal bool TryApply(ref Measured measured, decimal quantity, [NotNullWhen(false)] out ExpressionFault? fault)
    {
        fault = null;
        var at = Array.FindIndex(measured.Dimensions, d => d.Key == _name);
        var value = at >= 0 ? measured.Dimensions[at].Value : null;
        if (_value is not null && !_value.TryEvaluate(quantity, measured.Dimensions, out value, out fault))
        {
            return false;
        }

        if (_value is not null && value!.Length > ExpressionLimits.MaxTextLength)
        {
            fault = _value.Fault(ExpressionFaults.TextTooLong);
            return false;
        }

        if (value is null)
        {
            return true;
        }

        var folded = _values?.Contains(value) == false && value != _otherwise;
        value = folded ? _otherwise : value;
        if (at < 0 || measured.Dimensions[at].Value != value)
        {
            measured = measured with { Dimensions = With(measured.Dimensions, at, value) };
        }

        measured = folded ? measured with { Folded = measured.Folded ?? _name } : measured;
        return true;
    }

    private KeyValuePair<string, string>[] With(KeyValuePair<string, string>[] dimensions, int at, string value)
    {
        if (at >= 0)
        {
            var changed = dimensions.ToArray();
            changed[at] = new(_name, value);
            return changed;
        }

        var place = Array.FindIndex(dimensions, d => string.CompareOrdinal(d.Key, _name) > 0);
        place = place < 0 ? dimensions.Length : place;
        return [.. dimensions[..place], new(_name, value), .. dimensions[place..]];
    }
}
