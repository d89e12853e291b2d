using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Benchmarks.Server;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Benchmarks.Reserve;

/// <summary>Reserves quota of random devices and releases it with what was used, as fast as a number of callers can or at a rate.</summary>
internal sealed class ReserveBenchmark(ReserveOptions options, ServerUnderTest server) : IDisposable
{
    private const int Wanted = 5;
    private const int MostUsed = 5_000;

    /// <summary>More at a time is not measured any more: the rate is above what it can do.</summary>
    private const int MostUnderWay = 4_096;

    private readonly GrpcChannel[] _channels = [.. Enumerable.Repeat(server.Silos[0].GrpcUrl, 2).Select(url => GrpcChannel.ForAddress(
        url, new() { HttpHandler = new SocketsHttpHandler(), DisposeHttpClient = true }))];
    private readonly Metadata _headers = new() { { "authorization", $"Bearer {server.Key}" } };
    private long _firstCustomers;

    public static async Task<int> RunAsync(ReserveOptions options)
    {
        Say($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"{options.Devices:N0} devices, {(options.Rate == 0 ? $"{options.InFlight} callers" : $"{options.Rate:N0} reservations/s")}, "
            + $"store {options.Store}, {options.Partitions} partitions, seed {options.Seed}");
        await using var store = await StoreUnderTest.StartAsync(options.Store);
        await using var server = await ServerUnderTest.StartAsync(new(options.Devices, options.Partitions, Blocks: true), store);
        using var benchmark = new ReserveBenchmark(options, server);
        Say("the fleet is registered");
        _ = await benchmark.LoopAsync(options.WarmUp, round: 0);
        var (before, ofServer) = (await store.FillAsync(), server.ProcessorSeconds());
        var (grants, releases, elapsed) = options.Rate == 0
            ? await benchmark.LoopAsync(options.Seconds, round: 1)
            : await benchmark.AtRateAsync(options.Seconds);
        var written = await store.FillAsync() - before;
        Say($"reservations: {releases.Count / elapsed.TotalSeconds:N0}/s, of two calls each; grant {grants}; release {releases}");
        Say($"processor time: server {(server.ProcessorSeconds() - ofServer) * 1_000_000d / releases.Count:N1} µs a reservation; "
            + $"log: {(double)written.Bytes / releases.Count:N1} bytes");
        var (used, billed) = (Interlocked.Read(ref benchmark._firstCustomers) / 1000m, await server.BilledAsync(0));
        Say($"the running bill of the first customer says {billed:N3} MB, and {used:N3} MB were reported");
        return billed == used ? 0 : throw new InvalidOperationException("What was reported is not what is billed.");
    }

    public void Dispose() => Array.ForEach(_channels, c => c.Dispose());

    private async Task<(Latencies Grants, Latencies Releases, TimeSpan Elapsed)> LoopAsync(int seconds, int round)
    {
        var (grants, releases, began, limit) = (new Latencies(), new Latencies(), Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(seconds));
        await Task.WhenAll(Enumerable.Range(0, options.InFlight).Select(caller => Task.Run(async () =>
        {
            var random = new Random(unchecked((options.Seed * 7919) + (round * 5_000) + caller));
            var client = new QuotaService.QuotaServiceClient(_channels[caller % _channels.Length]);
            for (var i = 0; Stopwatch.GetElapsedTime(began) < limit; i++)
            {
                await ReserveAsync(client, $"r{round}-{caller}-{i}", random, grants, releases, Stopwatch.GetTimestamp());
            }
        })));
        return (grants, releases, Stopwatch.GetElapsedTime(began));
    }

    private async Task<(Latencies Grants, Latencies Releases, TimeSpan Elapsed)> AtRateAsync(int seconds)
    {
        var (grants, releases, began) = (new Latencies(), new Latencies(), Stopwatch.GetTimestamp());
        var random = new Random(options.Seed);
        var underWay = new List<Task>();
        for (var i = 0L; i < (long)options.Rate * seconds; i++)
        {
            var due = began + (i * Stopwatch.Frequency / options.Rate);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }
            if (underWay.Count >= MostUnderWay)
            {
                await Task.WhenAll(underWay.Where(task => task.IsCompleted));
                underWay.RemoveAll(task => task.IsCompleted);
            }
            if (underWay.Count >= MostUnderWay)
            {
                throw new InvalidOperationException($"{MostUnderWay} wait: {options.Rate:N0} reservations/s are more than it can do.");
            }
            var client = new QuotaService.QuotaServiceClient(_channels[i % _channels.Length]);
            underWay.Add(ReserveAsync(client, $"f-{i}", new Random(random.Next()), grants, releases, due));
        }
        await Task.WhenAll(underWay);
        return (grants, releases, Stopwatch.GetElapsedTime(began));
    }

    private async Task ReserveAsync(
        QuotaService.QuotaServiceClient client, string id, Random random, Latencies grants, Latencies releases, long asked)
    {
        var (number, used) = (random.Next(options.Devices), random.Next(MostUsed));
        var device = FleetUnderTest.DeviceId(number);
        var granted = await client.AuthorizeAsync(
            new() { Id = id, Device = device, Meter = "data", Quantity = Wanted.ToString(CultureInfo.InvariantCulture) }, _headers);
        grants.Add(Stopwatch.GetElapsedTime(asked));
        if (granted.Status != ReservationStatus.Open)
        {
            throw new InvalidOperationException($"{id} is {granted.Status}.");
        }
        var gave = Stopwatch.GetTimestamp();
        var quantity = (used / 1000m).ToString(CultureInfo.InvariantCulture);
        var released = await client.ReleaseAsync(new() { Id = id, Device = device, Number = 1, Quantity = quantity }, _headers);
        releases.Add(Stopwatch.GetElapsedTime(gave));
        if (released.Status != ReservationStatus.Released)
        {
            throw new InvalidOperationException($"{id} is {released.Status}.");
        }
        Interlocked.Add(ref _firstCustomers, number < FleetUnderTest.DevicesPerSubscription ? used : 0);
    }

    private static void Say(string text) => Console.WriteLine(text);
}
