using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>What clients did and were told, for people.</summary>
internal sealed class WorkloadCounts
{
    private readonly long[] _letters = new long[128];
    private long _sent;
    private long _retries;
    private long _repeated;
    private long _forged;

    /// <summary>New events.</summary>
    public long EventsSent => Interlocked.Read(ref _sent);

    /// <summary>Events sent again although they had been acknowledged.</summary>
    public long EventsRepeated => Interlocked.Read(ref _repeated);

    /// <summary>Known ids with other content.</summary>
    public long EventsForged => Interlocked.Read(ref _forged);

    /// <summary>Attempts after the first.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>How many new events were answered so.</summary>
    public long Answers(char letter) => Interlocked.Read(ref _letters[letter]);

    public void Retry() => Interlocked.Increment(ref _retries);

    public void Sent(BatchPurpose purpose, int events)
    {
        switch (purpose)
        {
            case BatchPurpose.Usage:
                Interlocked.Add(ref _sent, events);
                break;
            case BatchPurpose.Conflict:
                Interlocked.Add(ref _forged, events);
                break;
            default:
                Interlocked.Add(ref _repeated, events);
                break;
        }
    }

    public void Answered(BatchPurpose purpose, string letters)
    {
        if (purpose != BatchPurpose.Usage)
        {
            return;
        }

        foreach (var letter in letters)
        {
            Interlocked.Increment(ref _letters[letter]);
        }
    }
}
