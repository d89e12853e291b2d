namespace OrleansBilling.Benchmarks.Reserve;

/// <summary>How quota is reserved, and for how long.</summary>
internal sealed record ReserveOptions
{
    public const string Help = """
        reserve [--devices 10000] [--in-flight 32] [--seconds 20] [--warm-up 10] [--rate 0] [--store postgres|sqlite] [--partitions 16]
                [--seed 42]
            Reservations over gRPC against a real server with its store, all on this machine: each is granted against the maximum of the
            charge, then released with what was used, which is rated and billed. Two calls a reservation; each answer is durable. Without
            a rate as fast as the callers can (closed loop); with one, that many reservations a second whatever the answers take, and
            grants are timed from when they should have been asked for.
        """;

    public int Devices { get; private init; } = 10_000;

    public int InFlight { get; private init; } = 32;

    public int Seconds { get; private init; } = 20;

    public int WarmUp { get; private init; } = 10;

    /// <summary>Reservations a second; 0 is as fast as it goes.</summary>
    public int Rate { get; private init; }

    public string Store { get; private init; } = "postgres";

    public int Partitions { get; private init; } = 16;

    public int Seed { get; private init; } = 42;

    /// <summary>Null where they are wrong.</summary>
    public static ReserveOptions? Parse(string[] arguments) => OptionPairs.Read(arguments, new ReserveOptions(), With);

    private static ReserveOptions? With(ReserveOptions options, string name, string value) => name switch
    {
        "--devices" when OptionPairs.Number(value, 1, 1_000_000) is { } n => options with { Devices = n },
        "--in-flight" when OptionPairs.Number(value, 1, 4_096) is { } n => options with { InFlight = n },
        "--seconds" when OptionPairs.Number(value, 1, 86_400) is { } n => options with { Seconds = n },
        "--warm-up" when OptionPairs.Number(value, 0, 3_600) is { } n => options with { WarmUp = n },
        "--rate" when OptionPairs.Number(value, 0, 1_000_000) is { } n => options with { Rate = n },
        "--store" when value is "postgres" or "sqlite" => options with { Store = value },
        "--partitions" when OptionPairs.Number(value, 1, 1_024) is { } n => options with { Partitions = n },
        "--seed" when OptionPairs.Number(value, 0, int.MaxValue) is { } n => options with { Seed = n },
        _ => null,
    };
}
