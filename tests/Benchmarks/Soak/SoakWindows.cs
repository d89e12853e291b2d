namespace OrleansBilling.Benchmarks.Soak;

/// <summary>What was seen in one part of the time.</summary>
internal sealed class SoakWindow
{
    private long _events;

    public Latencies Latencies { get; } = new();

    public long Events => Interlocked.Read(ref _events);

    /// <summary>Resident, in MiB, at its end.</summary>
    public double Memory { get; set; }

    public void Add(int events, TimeSpan latency)
    {
        Interlocked.Add(ref _events, events);
        Latencies.Add(latency);
    }
}

/// <summary>The whole time in equal parts, by when a request should have been sent; and in thirds, for what changes over it.</summary>
internal sealed class SoakWindows(TimeSpan length)
{
    public const int Count = 12;
    private const int Thirds = 3;

    private readonly Latencies[] _thirds = [.. Enumerable.Range(0, Thirds).Select(_ => new Latencies())];
    private long _errors;
    private string? _firstError;

    public IReadOnlyList<SoakWindow> All { get; } = [.. Enumerable.Range(0, Count).Select(_ => new SoakWindow())];

    public long Errors => Interlocked.Read(ref _errors);

    public string? FirstError => _firstError;

    public long Events => All.Sum(window => window.Events);

    /// <summary>Milliseconds.</summary>
    public double FirstP99 => _thirds[0].Percentile(99);

    /// <summary>Milliseconds.</summary>
    public double LastP99 => _thirds[^1].Percentile(99);

    public void Took(int events, TimeSpan due, TimeSpan latency)
    {
        All[Part(due, Count)].Add(events, latency);
        _thirds[Part(due, Thirds)].Add(latency);
    }

    public void Failed(Exception error)
    {
        Interlocked.Increment(ref _errors);
        Interlocked.CompareExchange(ref _firstError, error.Message, null);
    }

    /// <summary>The part that a time lies in, from 0.</summary>
    public int Part(TimeSpan due, int of) => Math.Clamp((int)(due / length * of), 0, of - 1);
}
