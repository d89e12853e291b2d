using System.Runtime.InteropServices;
using OrleansBilling.Benchmarks.Ingest.Baselines;
using OrleansBilling.Benchmarks.Ingest.Load;
using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Ingest;

/// <summary>Sends usage to a real server and says what it came to, beside what the store alone and a table of events take.</summary>
internal static class IngestBenchmark
{
    private const int ConnectionsPerSilo = 2;

    public static async Task<int> RunAsync(IngestOptions options)
    {
        Say($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"{options.Protocol}, batches of {options.Batch:N0}, {options.Devices:N0} devices, {options.Spread}, "
            + (options.Rate == 0 ? $"{options.InFlight} requests at a time" : $"{options.Rate:N0} events/s")
            + $", store {options.Store}, {options.Silos} silos, {options.Partitions} partitions, seed {options.Seed}");
        await using var store = await StoreUnderTest.StartAsync(options.Store);
        var cumulative = UsageSource.Cumulative(options);
        var (measured, written) = await ProductAsync(options, store, cumulative);
        if (options.Baselines)
        {
            await BaselinesAsync(options, store, cumulative, measured, written);
        }
        return 0;
    }

    private static async Task<(Measured Measured, StoreFill Written)> ProductAsync(
        IngestOptions options, StoreUnderTest store, double[]? cumulative)
    {
        await using var server = await ServerUnderTest.StartAsync(
            new(Devices(options), options.Partitions, options.Silos), store);
        Say("the fleet is registered");
        await using var sender = Sender(options, server);
        var warm = options.WarmUp == 0 ? new() : await ClosedLoop.RunAsync(options, cumulative, options.WarmUp, _ => sender.SendAsync);
        var collectors = await server.CollectorsAsync();
        var (before, postgres) = (await store.FillAsync(), store.Postgres.ProcessId);
        var (ofServer, ofPostgres, own) = (server.ProcessorSeconds(), ProcessUse.SecondsOfTree(postgres), Own());
        await using var probe = options.Visible ? VisibilityProbe.Start(server, options.Devices) : null;
        var measured = options.Rate == 0
            ? await ClosedLoop.RunAsync(options, cumulative, options.Seconds, _ => sender.SendAsync)
            : await OpenLoop.RunAsync(options, cumulative, options.Seconds, sender.SendAsync);
        if (probe is not null)
        {
            Say($"visible: {await probe.StopAsync()}");
        }
        var each = 1_000_000d / measured.Events;
        Say($"product: {measured.Rate:N0} events/s; {measured}");
        Say($"processor time: server {(server.ProcessorSeconds() - ofServer) * each:N2} µs an event, PostgreSQL "
            + $"{(ProcessUse.SecondsOfTree(postgres) - ofPostgres) * each:N2}, load {(Own() - own) * each:N2}; server {server.Memory():N0} MiB");
        Say($"collector: {(await server.CollectorsAsync() - collectors).Of(measured.Events)}");
        var written = await store.FillAsync() - before;
        Say($"log: {(double)written.Bytes / measured.Events:N1} bytes an event, {written.Segments:N0} segments of {written.Bytes / Math.Max(1, written.Segments):N0} bytes");
        var (sent, billed) = ((warm.FirstCustomers + measured.FirstCustomers) / 1000m, await server.BilledAsync(0));
        Say($"the running bill of the first customer says {billed:N3} MB, and {sent:N3} MB were acknowledged");
        if (billed != sent)
        {
            throw new InvalidOperationException("What was acknowledged is not what is billed.");
        }
        return (measured, written);
    }

    private static async Task BaselinesAsync(
        IngestOptions options, StoreUnderTest store, double[]? cumulative, Measured measured, StoreFill written)
    {
        var limit = await LogLimit.RunAsync(store, written, Math.Min(10, options.Seconds)) * measured.Events / written.Bytes;
        Say($"limit: the same bytes into PostgreSQL alone are {limit:N0} events/s; the product takes {measured.Rate / limit:P0} of it");
        await using var table = await EventsTable.CreateAsync(store);
        var usual = await ClosedLoop.RunAsync(options, cumulative, options.Seconds, _ => table.SendAsync);
        Say($"usual way: {usual.Rate:N0} events/s into a table, {usual}; {(double)await table.BytesAsync() / usual.Events:N0} bytes an event, "
            + $"{(await table.SumAsync()).TotalMilliseconds:N0} ms to sum up {usual.Events:N0} events; the product is {measured.Rate / usual.Rate:N1} times as fast");
    }

    /// <summary>A sender to all silos, as the options want it.</summary>
    public static IUsageSender Sender(IngestOptions options, ServerUnderTest server) => options.Protocol == "grpc"
        ? new GrpcSender(Enumerable.Repeat(server.Silos.Select(s => s.GrpcUrl), ConnectionsPerSilo).SelectMany(urls => urls), server.Key)
        : new HttpSender(server.Silos.Select(s => s.Url), server.Key);

    private static int Devices(IngestOptions options) =>
        options.Visible ? VisibilityProbe.First(options.Devices) + VisibilityProbe.Devices : options.Devices;

    private static double Own() => ProcessUse.Seconds(Environment.ProcessId);

    private static void Say(string text) => Console.WriteLine(text);
}
