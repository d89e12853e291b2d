using OrleansBilling.Benchmarks.BillRun;
using OrleansBilling.Benchmarks.Fleet;
using OrleansBilling.Benchmarks.Ingest;
using OrleansBilling.Benchmarks.Reserve;
using OrleansBilling.Benchmarks.Soak;

return args switch
{
    ["fleet", .. var rest] when FleetOptions.Parse(rest) is { } options => options.Url is null
        ? await FleetBenchmark.RunAsync(options)
        : await FleetClient.RunAsync(options, options.Url),
    ["ingest", .. var rest] when IngestOptions.Parse(rest) is { } options => await IngestBenchmark.RunAsync(options),
    ["reserve", .. var rest] when ReserveOptions.Parse(rest) is { } options => await ReserveBenchmark.RunAsync(options),
    ["bill-run", .. var rest] when BillRunOptions.Parse(rest) is { } options => await BillRunBenchmark.RunAsync(options),
    ["soak", .. var rest] when SoakOptions.Parse(rest) is { } options => await SoakBenchmark.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Measures the engine. Build it with -c Release.");
    Console.Error.WriteLine();
    Console.Error.WriteLine(FleetOptions.Help);
    Console.Error.WriteLine(IngestOptions.Help);
    Console.Error.WriteLine(ReserveOptions.Help);
    Console.Error.WriteLine(BillRunOptions.Help);
    Console.Error.WriteLine(SoakOptions.Help);
    return 2;
}
