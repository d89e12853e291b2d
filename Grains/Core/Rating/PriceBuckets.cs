using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>The buckets of a charge: one for each window, band or single price, and where that is a matrix one for each of
/// its rows.</summary>
internal sealed class PriceBuckets
{
    private readonly Slot[] _slots;

    internal PriceBuckets(IEnumerable<(string Name, PriceDefinition? Price)> prices)
    {
        var all = new List<(string Name, PriceDefinition? Price)>();
        var slots = new List<Slot>();
        foreach (var (name, price) in prices)
        {
            slots.Add(new(all.Count, price?.Matrix is { } table ? new CompiledMatrix(table) : null,
                price?.Matrix is { Counters: MatrixCounters.Shared }));
            all.AddRange(price?.Matrix is { } matrix ? Rows(name, matrix) : [(name, price)]);
        }

        All = all;
        _slots = [.. slots];
    }

    /// <summary>By bucket index.</summary>
    internal IReadOnlyList<(string Name, PriceDefinition? Price)> All { get; }

    /// <summary>The bucket of an event in a window or band; -1 when no row of its matrix wants it.</summary>
    internal int Find(int slot, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        var (first, matrix, _) = _slots[slot];
        if (matrix is null)
        {
            return first;
        }

        var row = matrix.Find(dimensions);
        return row < 0 ? -1 : first + row;
    }

    /// <summary>The buckets that a bucket shares tiers with, itself included; empty where its tiers are its own.</summary>
    internal Range Shared(int bucket)
    {
        for (var i = _slots.Length - 1; i >= 0; i--)
        {
            if (_slots[i].First <= bucket)
            {
                return _slots[i].IsShared ? _slots[i].First..(i + 1 < _slots.Length ? _slots[i + 1].First : All.Count) : default;
            }
        }

        return default;
    }

    private static IEnumerable<(string Name, PriceDefinition? Price)> Rows(string name, MatrixDefinition matrix)
    {
        var label = name.Length == 0 ? "" : name + ": ";
        var rows = matrix.Rows.Select(row => (label + row.Name, (PriceDefinition?)row.Price));
        return matrix.Otherwise is { } otherwise ? rows.Append((label + otherwise.Name, otherwise.Price)) : rows;
    }

    private readonly record struct Slot(int First, CompiledMatrix? Matrix, bool IsShared);
}
