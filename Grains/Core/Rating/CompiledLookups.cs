using System.Collections.Frozen;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>A plan's look-up tables, applied in their order: a later one may look up what an earlier one set.</summary>
internal sealed class CompiledLookups
{
    private readonly Table[] _tables;

    internal CompiledLookups(IReadOnlyList<LookupDefinition> lookups) => _tables = [.. lookups.Select(lookup => new Table(lookup))];

    /// <summary>The event's dimensions with what the tables set; the same list when they set nothing.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Apply(IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        foreach (var table in _tables)
        {
            dimensions = table.Apply(dimensions);
        }

        return dimensions;
    }

    /// <summary>One table.</summary>
    private sealed class Table
    {
        private readonly LookupDefinition _definition;
        private readonly FrozenDictionary<string, string> _values;
        private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _byPrefix;
        private readonly int _longest;

        internal Table(LookupDefinition definition)
        {
            _definition = definition;
            _values = definition.Values.ToFrozenDictionary(StringComparer.Ordinal);
            _byPrefix = _values.GetAlternateLookup<ReadOnlySpan<char>>();
            _longest = definition.Values.Max(value => value.Key.Length);
        }

        internal IReadOnlyList<KeyValuePair<string, string>> Apply(IReadOnlyList<KeyValuePair<string, string>> dimensions)
        {
            for (var i = 0; i < dimensions.Count; i++)
            {
                if (dimensions[i].Key == _definition.From)
                {
                    return Find(dimensions[i].Value) is { } found ? With(dimensions, found) : dimensions;
                }
            }

            return dimensions;
        }

        private string? Find(string value)
        {
            if (_definition.Match == LookupMatch.Exact)
            {
                return _values.GetValueOrDefault(value) ?? _definition.Otherwise;
            }

            for (var length = Math.Min(_longest, value.Length); length > 0; length--)
            {
                if (_byPrefix.TryGetValue(value.AsSpan(0, length), out var found))
                {
                    return found;
                }
            }

            return _definition.Otherwise;
        }

        private List<KeyValuePair<string, string>> With(IReadOnlyList<KeyValuePair<string, string>> dimensions, string found)
        {
            var all = new List<KeyValuePair<string, string>>(dimensions.Count + 1);
            for (var i = 0; i < dimensions.Count; i++)
            {
                if (dimensions[i].Key != _definition.Dimension)
                {
                    all.Add(dimensions[i]);
                }
            }

            all.Add(new(_definition.Dimension, found));
            return all;
        }
    }
}
