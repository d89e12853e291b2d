using HdrHistogram;

namespace OrleansBilling.Benchmarks;

/// <summary>How long something took, again and again, from any thread: microseconds with three digits.</summary>
internal sealed class Latencies
{
    private const long Longest = 60_000_000;

    private readonly LongConcurrentHistogram _histogram = new(1, Longest, 3);

    public long Count => _histogram.TotalCount;

    public void Add(TimeSpan latency) => _histogram.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, Longest));

    /// <summary>Milliseconds.</summary>
    public double Percentile(double percent) => _histogram.GetValueAtPercentile(percent) / 1000d;

    public override string ToString() => FormattableString.Invariant(
        $"p50 {Percentile(50):N1} ms, p99 {Percentile(99):N1} ms, p99.9 {Percentile(99.9):N1} ms, most {Percentile(100):N1} ms of {Count:N0}");
}
