using HdrHistogram;
using OrleansBilling.Benchmarks.Ingest.Server;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>What was acknowledged within a time, and how long the acknowledgements took.</summary>
internal sealed class Measured
{
    private const long Longest = 60_000_000;

    // Microseconds with three digits.
    private readonly LongConcurrentHistogram _latencies = new(1, Longest, 3);
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
            firsts += usage.Device < ServerUnderTest.DevicesPerSubscription ? usage.Thousandths : 0;
        }
        Interlocked.Add(ref _firstCustomers, firsts);
        Interlocked.Add(ref _events, batch.Length);
        _latencies.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, Longest));
    }

    /// <summary>Milliseconds.</summary>
    public double Percentile(double percent) => _latencies.GetValueAtPercentile(percent) / 1000d;

    public override string ToString() => FormattableString.Invariant(
        $"p50 {Percentile(50):N1} ms, p99 {Percentile(99):N1} ms, p99.9 {Percentile(99.9):N1} ms, most {Percentile(100):N1} ms");
}
