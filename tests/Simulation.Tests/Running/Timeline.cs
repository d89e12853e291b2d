namespace OrleansBilling.Simulation.Running;

/// <summary>Virtual time: what will happen and when. Time passes only when nothing is left to do at the present instant.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long At, long Order)> _future = new();
    private long _order;

    /// <summary>Ticks of 100 ns since the simulation began.</summary>
    public long Now { get; private set; }

    /// <summary>Schedules something; what is due at the same instant happens in the order of scheduling.</summary>
    public void In(TimeSpan delay, Action what) => _future.Enqueue(what, (Now + Math.Max(0, delay.Ticks), _order++));

    /// <summary>Goes to the next instant at which something happens, and lets it happen; false when nothing ever will.</summary>
    public bool Advance()
    {
        if (!_future.TryDequeue(out var what, out var due))
        {
            return false;
        }
        Now = due.At;
        what();
        return true;
    }
}
