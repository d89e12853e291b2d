using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Nemeses;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>What a run is like.</summary>
internal sealed record ChaosOptions
{
    public const string Help = """
        chaos --minutes 30 --seed 42 [--silos 3] [--gateways 2] [--rate 400] [--partitions 12] [--only A,B] [--keep DIR]

        Starts a cluster of real processes on a PostgreSQL of its own, breaks it for that long while clients use it, and
        checks every bill. The exit code is 0 only when nothing is wrong.

          --minutes N     how long things are broken; a fraction is allowed
          --seed N        repeats a plan of faults and usage; by default another one each time
          --rate N        events a second of all clients together
          --only A,B      just these kinds of faults, for example KillSilo
          --keep DIR      keeps journal and logs there; without it, only a failing run keeps them
        """;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    public int Seed { get; init; } = Random.Shared.Next(1, 1_000_000);

    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    public int Partitions { get; init; } = 12;

    public double EventsPerSecond { get; init; } = 400;

    /// <summary>The kinds of faults.</summary>
    public IReadOnlyList<FaultKind> Only { get; init; } = Enum.GetValues<FaultKind>();

    /// <summary>Null for a temporary directory that stays only when the run fails.</summary>
    public string? Keep { get; init; }

    /// <exception cref="FormatException">Says which argument is wrong.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                throw new FormatException($"'{arguments[i]}' needs a value.");
            }

            options = options.With(arguments[i], arguments[i + 1]);
        }

        return options;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"--minutes {Duration.TotalMinutes:0.##} --seed {Seed} --silos {Silos} --gateways {Gateways} "
            + $"--rate {EventsPerSecond} --partitions {Partitions}");

    private ChaosOptions With(string name, string value) => name switch
    {
        "--minutes" => this with { Duration = TimeSpan.FromMinutes(double.Parse(value, CultureInfo.InvariantCulture)) },
        "--seed" => this with { Seed = Number(value) },
        "--silos" => this with { Silos = Number(value) },
        "--gateways" => this with { Gateways = Number(value) },
        "--partitions" => this with { Partitions = Number(value) },
        "--rate" => this with { EventsPerSecond = double.Parse(value, CultureInfo.InvariantCulture) },
        "--only" => this with { Only = [.. value.Split(',').Select(Kind)] },
        "--keep" => this with { Keep = Path.GetFullPath(value) },
        _ => throw new FormatException($"There is no '{name}'."),
    };

    private static FaultKind Kind(string value) => Enum.TryParse<FaultKind>(value, out var kind) && Enum.IsDefined(kind)
        ? kind
        : throw new FormatException($"There is no fault '{value}'; there are {string.Join(", ", Enum.GetNames<FaultKind>())}.");

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
