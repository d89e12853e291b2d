using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansBilling.Gateway.Usage;

/// <summary>Figures of the usage path.</summary>
public sealed class UsageMetrics
{
    /// <summary>Name of the meter, for exporters.</summary>
    public const string MeterName = "OrleansBilling.Gateway";

    private readonly Counter<long> _events;
    private readonly Counter<long> _batches;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    public UsageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _events = meter.CreateCounter<long>("billing.gateway.events", "{event}", "Usage events answered, by status.");
        _batches = meter.CreateCounter<long>("billing.gateway.batches", "{batch}", "Batches of usage answered.");
        _duration = meter.CreateHistogram("billing.gateway.batch.duration", "s",
            "Time from a batch being read to its being durable.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
            });
    }

    internal static long Start() => Stopwatch.GetTimestamp();

    internal void Finish(long started, int events, UsageTotals totals)
    {
        _batches.Add(events > 0 ? 1 : 0);
        _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Count("accepted", totals.Plain);
        Count("duplicate", totals.Duplicates);
        Count("conflict", totals.Conflicts);
        Count("late", totals.Late);
        Count("quarantined", totals.Quarantined);
        Count("rejected", totals.Refused);
    }

    private void Count(string status, long events)
    {
        if (events > 0)
        {
            _events.Add(events, new KeyValuePair<string, object?>("status", status));
        }
    }
}
