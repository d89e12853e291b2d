using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>What the garbage collectors of servers have done since they started.</summary>
/// <param name="Collections">Of any generation.</param>
/// <param name="PauseSeconds">In which everything stood still.</param>
/// <param name="AllocatedBytes">Given out to the program.</param>
internal readonly record struct CollectorUse(double Collections, double PauseSeconds, double AllocatedBytes)
{
    /// <param name="metrics">A server's <c>/metrics</c>.</param>
    public static CollectorUse Read(string metrics) => new(
        MetricsText.Sum(metrics, "dotnet_gc_collections_total"),
        MetricsText.Sum(metrics, "dotnet_gc_pause_time_seconds_total"),
        MetricsText.Sum(metrics, "dotnet_gc_heap_total_allocated_bytes_total"));

    public static CollectorUse operator +(CollectorUse a, CollectorUse b) =>
        new(a.Collections + b.Collections, a.PauseSeconds + b.PauseSeconds, a.AllocatedBytes + b.AllocatedBytes);

    public static CollectorUse operator -(CollectorUse a, CollectorUse b) =>
        new(a.Collections - b.Collections, a.PauseSeconds - b.PauseSeconds, a.AllocatedBytes - b.AllocatedBytes);

    /// <summary>For a table.</summary>
    /// <param name="events">That were taken meanwhile.</param>
    public string Of(long events) => $"{AllocatedBytes / events:N0} bytes allocated an event, {Collections:N0} collections, "
        + $"{PauseSeconds * 1000d / Math.Max(1d, Collections):N1} ms each";
}
