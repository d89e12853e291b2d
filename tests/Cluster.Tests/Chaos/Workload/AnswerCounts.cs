using System.Collections.Concurrent;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>How often clients got which kind of answer.</summary>
internal sealed class AnswerCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _attempts;

    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>Answers that did not say what became of the request, by what was said instead; most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Unclear => [.. _counts.OrderByDescending(count => count.Value)];

    public void Attempt() => Interlocked.Increment(ref _attempts);

    public void Add(string unclear) => _counts.AddOrUpdate(unclear, 1, (_, count) => count + 1);
}
