using System.Diagnostics.Metrics;

namespace OrleansBilling.Grains.Log;

/// <summary>The figures of a log writer, on the meter <see cref="MeterName"/>.</summary>
public sealed class LogMetrics : IDisposable
{
    /// <summary>Name under which telemetry subscribes.</summary>
    public const string MeterName = "OrleansBilling.Log";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _commits;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _records;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _durationSeconds;

    internal LogMetrics(Func<long> waitingBytes)
    {
        _commits = _meter.CreateCounter<long>("billing.log.commits", "{commit}", "Commits that returned");
        _bytes = _meter.CreateCounter<long>("billing.log.bytes", "By", "Durable bytes, with segment headers");
        _records = _meter.CreateCounter<long>("billing.log.records", "{record}", "Durable records");
        _fenced = _meter.CreateCounter<long>("billing.log.fenced", "{segment}", "Segments refused to an old epoch");
        _failures = _meter.CreateCounter<long>("billing.log.failures", "{commit}", "Commits that threw");
        _durationSeconds = _meter.CreateHistogram<double>("billing.log.commit.duration", "s", "Time a commit took");
        _meter.CreateObservableGauge("billing.log.waiting", waitingBytes, "By", "Bytes waiting for the disk");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Committed(TimeSpan duration)
    {
        _commits.Add(1);
        _durationSeconds.Record(duration.TotalSeconds);
    }

    internal void Written(in SegmentWrite segment)
    {
        _bytes.Add(segment.Encoded.Length);
        _records.Add(segment.Header.RecordCount);
    }

    internal void Fenced() => _fenced.Add(1);

    internal void Failed() => _failures.Add(1);
}
