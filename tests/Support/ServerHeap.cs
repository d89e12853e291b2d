using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace OrleansBilling.Tests.Support;

/// <summary>
/// What is alive in a server of ours: its managed heap after full collections. Its process's memory would not say: in that there is also
/// what nobody has had to collect.
/// </summary>
public static class ServerHeap
{
    /// <summary>A keyword of the runtime's events: to begin a session with it collects everything.</summary>
    private const long CollectsEverything = 0x800000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Bytes alive. Collects twice: what has a finalizer goes with the second time.</summary>
    /// <param name="process">Of the server.</param>
    /// <param name="metrics">Reads the server's <c>/metrics</c>.</param>
    public static async Task<double> AliveAsync(int process, Func<Task<string>> metrics)
    {
        await CollectAsync(process, metrics);
        await CollectAsync(process, metrics);
        return MetricsText.Sum(await metrics(), "dotnet_gc_last_collection_heap_size_bytes");
    }

    private static async Task CollectAsync(int process, Func<Task<string>> metrics)
    {
        var before = FullCollections(await metrics());
        using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync(
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectsEverything),
            requestRundown: false, circularBufferMB: 1, default);
        var events = session.EventStream.CopyToAsync(Stream.Null);
        await Wait.UntilAsync(async () => FullCollections(await metrics()) > before, "everything is collected", Patience);
        await session.StopAsync(default);
        await events;
    }

    private static double FullCollections(string metrics) => MetricsText.Sum(metrics, "dotnet_gc_collections_total", "\"gen2\"");
}
