using System.Globalization;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>What a measurement is like.</summary>
internal sealed record RecoveryOptions
{
    public const string Help = """
        recovery --silos 3 --gateways 2 --partitions 64 --devices 1000000
                 [--events-per-device 2] [--devices-per-subscription 10] [--concurrency 48] [--rounds 1] [--keep DIR]

        Starts a cluster of real processes on a PostgreSQL of its own, registers the devices and sends their usage over HTTP, and
        measures: memory; how long partitions pause when a silo stops, is killed, comes back, joins and leaves; and how long all
        silos take to start with that state. A probe sends an event to a device of each partition every 100 ms meanwhile.

          --rounds N      how often each of these is repeated
          --keep DIR      keeps the logs of the processes there
        """;

    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    public int Partitions { get; init; } = 64;

    public int Devices { get; init; } = 10_000;

    public int EventsPerDevice { get; init; } = 2;

    public int DevicesPerSubscription { get; init; } = 10;

    /// <summary>Requests under way at a time while the cluster is filled.</summary>
    public int Concurrency { get; init; } = 48;

    public int Rounds { get; init; } = 1;

    /// <summary>Null for a temporary directory.</summary>
    public string? Keep { get; init; }

    /// <summary>Subscriptions, and as many customers.</summary>
    public int Subscriptions => (Devices + DevicesPerSubscription - 1) / DevicesPerSubscription;

    /// <exception cref="FormatException">Says which argument is wrong.</exception>
    public static RecoveryOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RecoveryOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                throw new FormatException($"'{arguments[i]}' needs a value.");
            }

            options = options.With(arguments[i], arguments[i + 1]);
        }

        return options.Silos >= 2 ? options : throw new FormatException("Who takes over? There must be two silos at least.");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"--silos {Silos} --gateways {Gateways} --partitions {Partitions} --devices {Devices} --events-per-device {EventsPerDevice} "
            + $"--devices-per-subscription {DevicesPerSubscription} --concurrency {Concurrency} --rounds {Rounds}");

    private RecoveryOptions With(string name, string value) => name switch
    {
        "--silos" => this with { Silos = Number(name, value) },
        "--gateways" => this with { Gateways = Number(name, value) },
        "--partitions" => this with { Partitions = Number(name, value) },
        "--devices" => this with { Devices = Number(name, value) },
        "--events-per-device" => this with { EventsPerDevice = Number(name, value) },
        "--devices-per-subscription" => this with { DevicesPerSubscription = Number(name, value) },
        "--concurrency" => this with { Concurrency = Number(name, value) },
        "--rounds" => this with { Rounds = Number(name, value) },
        "--keep" => this with { Keep = Path.GetFullPath(value) },
        _ => throw new FormatException($"There is no '{name}'."),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{name} is '{value}'; it must be a whole number above zero.");
}
