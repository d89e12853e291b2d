using System.Diagnostics;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>
/// A batch at each tick of a fixed rate, whatever the answers take. Latencies count from the tick, so that a slow answer shows in all
/// that had to wait for it.
/// </summary>
internal static class OpenLoop
{
    /// <summary>More at a time is not measured any more: the rate is above what it can do.</summary>
    private const int MostUnderWay = 4_096;

    public static async Task<Measured> RunAsync(
        IngestOptions options, double[]? cumulative, int seconds, Func<Usage[], Task> send)
    {
        var measured = new Measured();
        var source = new UsageSource(options, -1 - seconds, cumulative, TimeProvider.System);
        var (count, interval) = ((long)options.Rate * seconds / options.Batch, (double)options.Batch / options.Rate);
        var began = Stopwatch.GetTimestamp();
        var underWay = new SemaphoreSlim(MostUnderWay);
        Exception? failure = null;
        for (var i = 0L; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i * interval);
            if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }
            if (!await underWay.WaitAsync(0))
            {
                throw new InvalidOperationException($"{MostUnderWay} requests wait: {options.Rate:N0} events/s are more than it can do.");
            }
            var batch = new Usage[options.Batch];
            source.Fill(batch);
            _ = SendAsync(batch, due);
        }
        for (var i = 0; i < MostUnderWay; i++)
        {
            await underWay.WaitAsync();
        }
        measured.Elapsed = Stopwatch.GetElapsedTime(began);
        return failure is null ? measured : throw new InvalidOperationException("A request failed.", failure);

        async Task SendAsync(Usage[] batch, TimeSpan due)
        {
            try
            {
                await send(batch);
                measured.Add(batch, Stopwatch.GetElapsedTime(began) - due);
            }
            catch (Exception error)
            {
                failure = error;
            }
            finally
            {
                underWay.Release();
            }
        }
    }
}
