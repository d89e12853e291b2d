namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>A time in which a partition answered nobody.</summary>
internal sealed record Pause(int Partition, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>Keeps the pauses that probes met.</summary>
/// <param name="shortest">Shorter ones are no pauses: probes come about every 100 ms. Default 400 ms.</param>
internal sealed class PauseRecorder(TimeSpan? shortest = null)
{
    private readonly TimeSpan _shortest = shortest ?? TimeSpan.FromMilliseconds(400);
    private readonly Lock _gate = new();
    private readonly List<Pause> _pauses = [];

    public IReadOnlyList<Pause> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _pauses];
            }
        }
    }

    public void Add(Pause pause)
    {
        if (pause.Length < _shortest)
        {
            return;
        }

        lock (_gate)
        {
            _pauses.Add(pause);
        }
    }
}
