using System.Globalization;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>How large a fleet to measure.</summary>
internal sealed record FleetOptions
{
    public const string Help = """
        fleet [--devices 1000000] [--partitions 64] [--events-per-device 5] [--devices-per-subscription 10] [--seed 42]
            Memory of a fleet of devices with usage, and the time to load it from snapshots, in one process.
        """;

    public int Devices { get; private init; } = 1_000_000;

    public int Partitions { get; private init; } = 64;

    public int EventsPerDevice { get; private init; } = 5;

    public int DevicesPerSubscription { get; private init; } = 10;

    public int Seed { get; private init; } = 42;

    public int Subscriptions => (Devices + DevicesPerSubscription - 1) / DevicesPerSubscription;

    /// <summary>Reads pairs of a name and a positive number.</summary>
    public static bool TryParse(string[] args, out FleetOptions options)
    {
        options = new();
        if (args.Length % 2 != 0)
        {
            return false;
        }
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || value < 1 || With(options, args[i], value) is not { } next)
            {
                return false;
            }
            options = next;
        }
        return true;
    }

    private static FleetOptions? With(FleetOptions options, string name, int value) => name switch
    {
        "--devices" => options with { Devices = value },
        "--partitions" => options with { Partitions = value },
        "--events-per-device" => options with { EventsPerDevice = value },
        "--devices-per-subscription" => options with { DevicesPerSubscription = value },
        "--seed" => options with { Seed = value },
        _ => null,
    };
}
