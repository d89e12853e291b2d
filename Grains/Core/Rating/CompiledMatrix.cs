using System.Collections.Frozen;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Finds the row of an event: the one that gives the most dimensions, then the one that gives an earlier
/// dimension. A valid matrix has no ties.</summary>
internal sealed class CompiledMatrix
{
    private readonly Group[] _groups;
    private readonly int _otherwise;

    internal CompiledMatrix(MatrixDefinition matrix)
    {
        _otherwise = matrix.Otherwise is null ? -1 : matrix.Rows.Count;
        _groups =
        [
            .. matrix.Rows.Select((row, index) => (Row: row, Index: index))
                .GroupBy(r => Given(matrix, r.Row))
                .OrderByDescending(g => g.Key.Count(c => c == '1'))
                .ThenByDescending(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Group(matrix, [.. g])),
        ];
    }

    /// <summary>The index of the row; the number of rows for the price otherwise; -1 when there is none.</summary>
    internal int Find(IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        foreach (var group in _groups)
        {
            if (group.Find(dimensions) is var row and >= 0)
            {
                return row;
            }
        }

        return _otherwise;
    }

    /// <summary>One character for each dimension: 1 where the row gives it.</summary>
    private static string Given(MatrixDefinition matrix, MatrixRow row) =>
        string.Concat(matrix.Dimensions.Select(d => row.Keys.Any(key => key.Dimension == d) ? '1' : '0'));

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> dimensions, string name)
    {
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (dimensions[i].Key == name)
            {
                return dimensions[i].Value;
            }
        }

        return null;
    }

    /// <summary>Rows that give the same dimensions, by their value of the first one.</summary>
    private sealed class Group
    {
        private readonly string? _first;
        private readonly FrozenDictionary<string, Candidate[]> _byFirst;
        private readonly int _any;

        internal Group(MatrixDefinition matrix, (MatrixRow Row, int Index)[] rows)
        {
            _first = matrix.Dimensions.FirstOrDefault(d => rows[0].Row.Keys.Any(key => key.Dimension == d));
            _any = _first is null ? rows[0].Index : -1;
            _byFirst = rows.Where(_ => _first is not null)
                .SelectMany(r => r.Row.Keys.First(key => key.Dimension == _first).Values.Distinct(StringComparer.Ordinal)
                    .Select(value => (value, new Candidate(r.Index, Rest(r.Row)))))
                .GroupBy(c => c.value, StringComparer.Ordinal)
                .ToFrozenDictionary(g => g.Key, g => g.Select(c => c.Item2).ToArray(), StringComparer.Ordinal);
        }

        internal int Find(IReadOnlyList<KeyValuePair<string, string>> dimensions)
        {
            if (_first is null)
            {
                return _any;
            }

            if (Value(dimensions, _first) is not { } value || !_byFirst.TryGetValue(value, out var candidates))
            {
                return -1;
            }

            foreach (var candidate in candidates)
            {
                if (Holds(candidate, dimensions))
                {
                    return candidate.Row;
                }
            }

            return -1;
        }

        private static bool Holds(Candidate candidate, IReadOnlyList<KeyValuePair<string, string>> dimensions)
        {
            foreach (var (name, values) in candidate.Rest)
            {
                if (Value(dimensions, name) is not { } value || !values.Contains(value))
                {
                    return false;
                }
            }

            return true;
        }

        private (string, FrozenSet<string>)[] Rest(MatrixRow row) =>
            [.. row.Keys.Where(key => key.Dimension != _first)
                .Select(key => (key.Dimension, key.Values.ToFrozenSet(StringComparer.Ordinal)))];
    }

    private sealed record Candidate(int Row, (string Dimension, FrozenSet<string> Values)[] Rest);
}
