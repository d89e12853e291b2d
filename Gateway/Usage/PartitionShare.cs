using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <summary>The events of a batch that go to one partition, and where they stood in the batch.</summary>
/// <param name="size">How many there are at most.</param>
internal sealed class PartitionShare(int size)
{
    private readonly int[] _places = new int[size];
    private readonly UsageEvent[] _events = new UsageEvent[size];
    private int _count;

    public UsageEvent[] Events => _count == size ? _events : _events[.._count];

    public void Add(int place, in UsageEvent usage)
    {
        _places[_count] = place;
        _events[_count++] = usage;
    }

    /// <summary>Puts the partition's answers where their events stood.</summary>
    public void Spread(UsageResult[] answers, Span<UsageResult> results, int partition)
    {
        if (answers.Length != _count)
        {
            throw new InvalidOperationException($"Partition {partition} answered {answers.Length} of {_count} events.");
        }
        for (var i = 0; i < answers.Length; i++)
        {
            results[_places[i]] = answers[i];
        }
    }
}
