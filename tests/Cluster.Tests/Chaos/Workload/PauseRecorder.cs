namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>A time in which a partition answered nobody.</summary>
internal sealed record Pause(int Partition, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>Keeps the pauses that probes met.</summary>
internal sealed class PauseRecorder
{
    /// <summary>Shorter ones are no pauses: probes come about every 100 ms.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(400);

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
        if (pause.Length < Shortest)
        {
            return;
        }

        lock (_gate)
        {
            _pauses.Add(pause);
        }
    }
}
