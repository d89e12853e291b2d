using System.Diagnostics;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>Each sender sends its next batch when the last one was acknowledged.</summary>
internal static class ClosedLoop
{
    public static async Task<Measured> RunAsync(
        IngestOptions options, double[]? cumulative, int seconds, Func<int, Func<Usage[], Task>> sender)
    {
        var measured = new Measured();
        var began = Stopwatch.GetTimestamp();
        var limit = TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(Enumerable.Range(0, options.InFlight).Select(i => Task.Run(async () =>
        {
            var (source, batch, send) = (new UsageSource(options, Seed(i), cumulative, TimeProvider.System), new Usage[options.Batch], sender(i));
            while (Stopwatch.GetElapsedTime(began) < limit)
            {
                source.Fill(batch);
                var sent = Stopwatch.GetTimestamp();
                await send(batch);
                measured.Add(batch, Stopwatch.GetElapsedTime(sent));
            }
        })));
        measured.Elapsed = Stopwatch.GetElapsedTime(began);
        return measured;
    }

    // Every run of a process sends other events.
    private static int _runs;

    private static int Seed(int sender) => (Interlocked.Increment(ref _runs) * 5_000) + sender;
}
