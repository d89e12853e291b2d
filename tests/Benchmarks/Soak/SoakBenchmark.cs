using System.Runtime.InteropServices;
using OrleansBilling.Benchmarks.Ingest;
using OrleansBilling.Benchmarks.Ingest.Load;
using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Soak;

/// <summary>Loads a real server with a share of the most it takes, for hours, and judges whether it stays as it was.</summary>
internal static class SoakBenchmark
{
    /// <returns>0 when nothing is wrong, else 1.</returns>
    public static async Task<int> RunAsync(SoakOptions options)
    {
        var ingest = options.Ingest;
        Say($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"{options.Length} at {options.Load:P0}, {ingest.Protocol}, batches of {ingest.Batch:N0}, {ingest.Devices:N0} devices, {ingest.Spread}, "
            + $"store {ingest.Store}, {ingest.Silos} silos, {ingest.Partitions} partitions, seed {ingest.Seed}");
        await using var store = await StoreUnderTest.StartAsync(ingest.Store);
        await using var server = await ServerUnderTest.StartAsync(new(ingest.Devices, ingest.Partitions, ingest.Silos), store);
        await using var sender = IngestBenchmark.Sender(ingest, server);
        var cumulative = UsageSource.Cumulative(ingest);

        var warm = ingest.WarmUp == 0 ? new() : await ClosedLoop.RunAsync(ingest, cumulative, ingest.WarmUp, _ => sender.SendAsync);
        var most = await ClosedLoop.RunAsync(ingest, cumulative, options.Find, _ => sender.SendAsync);
        var rate = Math.Max(1, (int)(most.Rate * options.Load));
        Say($"the most: {most.Rate:N0} events/s with {ingest.InFlight} requests at a time, {most}; {rate:N0} events/s from here on");

        var before = await server.AliveAsync();
        var (windows, firstCustomers) = await LoadAsync(options, rate, cumulative, sender, server);
        var judgement = new SoakJudgement(
            windows.Errors, windows.FirstP99, windows.LastP99, windows.Events, before, await server.AliveAsync());
        await CheckBillAsync(server, (warm.FirstCustomers + most.FirstCustomers + firstCustomers) / 1000m, windows.Errors == 0);
        return Told(options, windows, judgement);
    }

    private static async Task<(SoakWindows Windows, long FirstCustomers)> LoadAsync(
        SoakOptions options, int rate, double[]? cumulative, IUsageSender sender, ServerUnderTest server)
    {
        var (windows, measured) = (new SoakWindows(options.Length), new Measured());
        using var end = new CancellationTokenSource();
        var watching = WatchAsync(windows, options.Length, server, end.Token);
        try
        {
            await OpenLoop.PaceAsync(options.Ingest with { Rate = rate }, cumulative, options.Length, async (batch, tick) =>
            {
                try
                {
                    await sender.SendAsync(batch);
                    windows.Took(batch.Length, tick.Due, tick.Waited);
                    measured.Add(batch, tick.Waited);
                }
                catch (Exception error)
                {
                    windows.Failed(error);
                }
            });
        }
        catch (InvalidOperationException tooMuch)
        {
            windows.Failed(tooMuch);
        }
        await end.CancelAsync();
        await watching;
        return (windows, measured.FirstCustomers);
    }

    /// <summary>Looks at the memory of the servers at the end of each part.</summary>
    private static async Task WatchAsync(SoakWindows windows, TimeSpan length, ServerUnderTest server, CancellationToken end)
    {
        var timer = TimeProvider.System.GetTimestamp();
        foreach (var (window, i) in windows.All.Select((window, i) => (window, i)))
        {
            var left = (length / SoakWindows.Count * (i + 1)) - TimeProvider.System.GetElapsedTime(timer);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            window.Memory = server.Memory();
            if (window.Events > 0)
            {
                Row(windows, i, length);
            }
        }
    }

    private static void Row(SoakWindows windows, int i, TimeSpan length)
    {
        var (window, part) = (windows.All[i], length / SoakWindows.Count);
        Say($"| {part * (i + 1):hh\\:mm\\:ss} | {window.Events / part.TotalSeconds,9:N0} events/s | p50 {window.Latencies.Percentile(50),8:N1} ms | "
            + $"p99 {window.Latencies.Percentile(99),8:N1} ms | {window.Memory,6:N0} MiB resident | {windows.Errors:N0} errors |");
    }

    /// <exception cref="InvalidOperationException">The bill is another one.</exception>
    private static async Task CheckBillAsync(ServerUnderTest server, decimal sent, bool isCertain)
    {
        var billed = await server.BilledAsync(0);
        Say($"the running bill of the first customer says {billed:N3} MB, and {sent:N3} MB were acknowledged");
        // What failed may have been counted all the same.
        if (isCertain ? billed != sent : billed < sent)
        {
            throw new InvalidOperationException("What was acknowledged is not what is billed.");
        }
    }

    private static int Told(SoakOptions options, SoakWindows windows, SoakJudgement judgement)
    {
        const double MiB = 1024 * 1024;
        Say($"events: {judgement.Events:N0}; errors: {judgement.Errors:N0}{(windows.FirstError is { } first ? $" ({first})" : "")}");
        Say($"p99: {judgement.FirstP99:N1} ms in the first third, {judgement.LastP99:N1} ms in the last, {judgement.Drift:+0.0%;-0.0%}");
        Say($"alive in memory: {judgement.AliveBefore / MiB:N1} MiB before, {judgement.AliveAfter / MiB:N1} MiB after, {judgement.BytesPerEvent:N1} bytes an event");
        var faults = judgement.Faults(options.MostDrift, options.BytesPerEvent).ToList();
        Say($"soak: {(faults.Count == 0 ? "nothing is wrong" : string.Join("; ", faults))}");
        return faults.Count == 0 ? 0 : 1;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
