namespace OrleansBilling.Client.Sending;

/// <summary>Batches that have been sent at least once, or are about to be, and are not acknowledged; in order.</summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly Queue<Batch> _batches = new();

    /// <summary>The batch that the next answer is to; null when none is awaited.</summary>
    public Batch? First
    {
        get
        {
            lock (_gate)
            {
                return _batches.TryPeek(out var first) ? first : null;
            }
        }
    }

    /// <summary>What a new stream sends again.</summary>
    public IReadOnlyList<Batch> All()
    {
        lock (_gate)
        {
            return [.. _batches];
        }
    }

    public void Add(Batch batch)
    {
        lock (_gate)
        {
            _batches.Enqueue(batch);
        }
    }

    /// <summary>The first one is acknowledged.</summary>
    public void RemoveFirst()
    {
        lock (_gate)
        {
            _batches.Dequeue();
        }
    }
}
