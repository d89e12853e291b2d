using System.Globalization;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>How large a fleet to measure.</summary>
internal sealed record FleetOptions
{
    public const string Help = """
        fleet [--devices 1000000] [--partitions 64] [--events-per-device 5] [--devices-per-subscription 10] [--seed 42]
            Memory of a fleet of devices with usage, and the time to load it from snapshots, in one process.
            With --url http://gateway --key KEY of a tenant [--concurrency 32]: registers the fleet there and sends its
            usage, 1,000 events a request, and says how fast that went.
        """;

    public int Devices { get; private init; } = 1_000_000;

    public int Partitions { get; private init; } = 64;

    public int EventsPerDevice { get; private init; } = 5;

    public int DevicesPerSubscription { get; private init; } = 10;

    public int Concurrency { get; private init; } = 32;

    /// <summary>A gateway to send to; null measures the engine in this process.</summary>
    public Uri? Url { get; private init; }

    /// <summary>Key of the tenant that takes the fleet.</summary>
    public string Key { get; private init; } = "";

    public int Seed { get; private init; } = 42;

    public int Subscriptions => (Devices + DevicesPerSubscription - 1) / DevicesPerSubscription;

    /// <summary>Null where they are wrong; an address needs a key, and a key an address.</summary>
    public static FleetOptions? Parse(string[] arguments) => OptionPairs.Read(arguments, new FleetOptions(), With) is { } options
        && (options.Url is null) == (options.Key.Length == 0) ? options : null;

    private static FleetOptions? With(FleetOptions options, string name, string value) => name switch
    {
        "--url" => Uri.TryCreate(value, UriKind.Absolute, out var url) ? options with { Url = url } : null,
        "--key" => options with { Key = value },
        _ => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? With(options, name, number)
            : null,
    };

    private static FleetOptions? With(FleetOptions options, string name, int value) => name switch
    {
        "--devices" => options with { Devices = value },
        "--partitions" => options with { Partitions = value },
        "--events-per-device" => options with { EventsPerDevice = value },
        "--devices-per-subscription" => options with { DevicesPerSubscription = value },
        "--concurrency" => options with { Concurrency = value },
        "--seed" => options with { Seed = value },
        _ => null,
    };
}
