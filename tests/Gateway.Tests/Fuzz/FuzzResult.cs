using System.Collections.Concurrent;
using System.Globalization;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What a run has seen so far.</summary>
internal sealed class FuzzResult
{
    private readonly ConcurrentDictionary<string, (long Count, string First)> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _statuses = new();
    private readonly ConcurrentDictionary<string, long> _successes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Faults => [.. _faults.OrderByDescending(pair => pair.Value.Count)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value.Count} x {pair.Key}\n    {pair.Value.First}"))];

    /// <summary>Operations that succeeded at least once: a run that is refused everywhere tries little.</summary>
    public IReadOnlyCollection<string> Succeeded => [.. _successes.Keys];

    public void Saw(string operation, int status)
    {
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status is >= 200 and < 300)
        {
            _successes.AddOrUpdate(operation, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Counts a fault; of its kind the first one is kept whole.</summary>
    public void Failed(string kind, string whole) =>
        _faults.AddOrUpdate(kind, (1, whole), (_, known) => (known.Count + 1, known.First));

    public string Statuses() => string.Join(", ", _statuses.OrderBy(pair => pair.Key)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:N0}")));
}
