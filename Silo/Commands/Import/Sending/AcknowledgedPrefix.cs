namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>How many events, from the first on without a gap, the server has acknowledged.</summary>
internal sealed class AcknowledgedPrefix(long from)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<long> _open = [];
    private long _handed = from;

    /// <summary>All events below this one are acknowledged.</summary>
    public long Value
    {
        get
        {
            lock (_gate)
            {
                return _open.Count > 0 ? _open.Min : _handed;
            }
        }
    }

    /// <summary>A batch begins to fill with this event; it counts as open until it is done.</summary>
    public void Open(long first)
    {
        lock (_gate)
        {
            _open.Add(first);
        }
    }

    /// <summary>The batch that began with this event is acknowledged.</summary>
    public void Done(long first)
    {
        lock (_gate)
        {
            _open.Remove(first);
        }
    }

    /// <summary>This event was given to some batch.</summary>
    public void Handed(long sequence)
    {
        lock (_gate)
        {
            _handed = sequence + 1;
        }
    }
}
