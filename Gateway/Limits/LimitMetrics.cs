using System.Diagnostics.Metrics;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Limits;

/// <summary>How often a limit held somebody back.</summary>
internal sealed class LimitMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _limited = meters.Create(UsageMetrics.MeterName).CreateCounter<long>(
        "billing.gateway.limited", "{request}", "Requests refused, and batches of streams made to wait, by limit.");

    public void Limited(string limit) => _limited.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
