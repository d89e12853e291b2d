using OrleansBilling.Benchmarks.Fleet;

return args switch
{
    ["fleet", .. var rest] when FleetOptions.TryParse(rest, out var options) => options.Url is null
        ? await FleetBenchmark.RunAsync(options)
        : await FleetClient.RunAsync(options, options.Url),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Measures the engine. Build it with -c Release.");
    Console.Error.WriteLine();
    Console.Error.WriteLine(FleetOptions.Help);
    return 2;
}
