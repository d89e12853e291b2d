using System.Diagnostics;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>When a request should have been sent.</summary>
/// <param name="Began">Timestamp of the loop's beginning.</param>
/// <param name="Due">After it.</param>
internal readonly record struct Tick(long Began, TimeSpan Due)
{
    /// <summary>Since it was due.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(Began) - Due;
}

/// <summary>
/// A batch at each tick of a fixed rate, whatever the answers take. Latencies count from the tick, so that a slow answer shows in all
/// that had to wait for it.
/// </summary>
internal static class OpenLoop
{
    /// <summary>More at a time is not measured any more: the rate is above what it can do.</summary>
    private const int MostUnderWay = 4_096;

    /// <exception cref="InvalidOperationException">A request failed, or too many wait.</exception>
    public static async Task<Measured> RunAsync(
        IngestOptions options, double[]? cumulative, int seconds, Func<Usage[], Task> send)
    {
        var measured = new Measured();
        Exception? failure = null;
        var began = Stopwatch.GetTimestamp();
        await PaceAsync(options, cumulative, TimeSpan.FromSeconds(seconds), async (batch, tick) =>
        {
            try
            {
                await send(batch);
                measured.Add(batch, tick.Waited);
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        measured.Elapsed = Stopwatch.GetElapsedTime(began);
        return failure is null ? measured : throw new InvalidOperationException("A request failed.", failure);
    }

    /// <summary>Begins to send at each tick, and ends when all that was begun has ended.</summary>
    /// <param name="send">Keeps its failures to itself.</param>
    /// <exception cref="InvalidOperationException">Too many wait.</exception>
    public static async Task PaceAsync(
        IngestOptions options, double[]? cumulative, TimeSpan length, Func<Usage[], Tick, Task> send)
    {
        var source = new UsageSource(options, -1 - (int)length.TotalSeconds, cumulative, TimeProvider.System);
        var (count, interval) = ((long)(options.Rate * length.TotalSeconds / options.Batch), (double)options.Batch / options.Rate);
        var began = Stopwatch.GetTimestamp();
        using var underWay = new SemaphoreSlim(MostUnderWay);
        try
        {
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
                _ = SendAsync(batch, new(began, due));
            }
        }
        finally
        {
            for (var i = 0; i < MostUnderWay; i++)
            {
                await underWay.WaitAsync();
            }
        }

        async Task SendAsync(Usage[] batch, Tick tick)
        {
            try
            {
                await send(batch, tick);
            }
            finally
            {
                underWay.Release();
            }
        }
    }
}
