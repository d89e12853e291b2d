using System.Diagnostics.Metrics;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Figures of the usage path, meter <c>OrleansBilling.Usage</c>.</summary>
internal sealed class UsageMetrics : IDisposable
{
    public const string MeterName = "OrleansBilling.Usage";

    private static readonly string[] Names = [.. Enum.GetNames<UsageStatus>().Select(n => n.ToLowerInvariant())];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _events;
    private readonly Counter<long> _folded;
    private readonly Histogram<double> _batch;

    public UsageMetrics()
    {
        _events = _meter.CreateCounter<long>("billing.usage.events", "{event}", "Usage events by what became of them");
        _folded = _meter.CreateCounter<long>(
            "billing.usage.events.folded", "{event}", "Events with a value of a dimension that its meter does not tell apart");
        _batch = _meter.CreateHistogram<double>(
            "billing.usage.batch.duration", "s", "Time from a batch's arrival at its partition until it is durable");
    }

    public void Reported(UsageResult[] results, TimeSpan elapsed)
    {
        Span<int> counts = stackalloc int[Names.Length];
        var folded = 0;
        foreach (var result in results)
        {
            counts[(int)result.Status]++;
            folded += result.Warning is null ? 0 : 1;
        }
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                _events.Add(counts[i], new KeyValuePair<string, object?>("status", Names[i]));
            }
        }
        if (folded > 0)
        {
            _folded.Add(folded);
        }
        _batch.Record(elapsed.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
