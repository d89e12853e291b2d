using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>What was acknowledged within a time, and how long the acknowledgements took.</summary>
internal sealed class Measured
{
    private readonly Latencies _latencies = new();
    private long _events;
    private long _firstCustomers;

    public long Events => Interlocked.Read(ref _events);

    /// <summary>What the devices of the first customer used, in thousandths: its bill must say so.</summary>
    public long FirstCustomers => Interlocked.Read(ref _firstCustomers);

    public TimeSpan Elapsed { get; set; }

    public double Rate => Events / Elapsed.TotalSeconds;

    public void Add(Usage[] batch, TimeSpan latency)
    {
        var firsts = 0L;
        foreach (var usage in batch)
        {
            firsts += usage.Device < FleetUnderTest.DevicesPerSubscription ? usage.Thousandths : 0;
        }
        Interlocked.Add(ref _firstCustomers, firsts);
        Interlocked.Add(ref _events, batch.Length);
        _latencies.Add(latency);
    }

    public override string ToString() => _latencies.ToString();
}
