namespace OrleansBilling.Benchmarks.Ingest;

/// <summary>How usage is spread over devices.</summary>
internal enum Spread
{
    /// <summary>Few devices send most of it: the k-th one as often as 1/k.</summary>
    Zipf,

    /// <summary>One event of each device in turn.</summary>
    Even,
}

/// <summary>What to send, how, and for how long.</summary>
internal sealed record IngestOptions
{
    public const string Help = """
        ingest [--protocol grpc|http] [--batch 1000] [--devices 100000] [--spread zipf|even] [--in-flight 8] [--seconds 20]
               [--warm-up 10] [--rate 0] [--visible no|yes] [--store postgres|sqlite] [--silos 1] [--partitions 16] [--baselines yes|no]
               [--seed 42]
            Usage into a real server with its store, all on this machine: every event authenticated, deduplicated, rated and durable
            before it is acknowledged. Without a rate as fast as it goes (closed loop); with one, that many events a second whatever
            the answers take, and latencies from when each request should have been sent. With --visible yes, single events of a few
            devices more are sent one after the other, and each is timed from its sending until a running bill shows it. Ends with what the store alone takes
            (the limit) and what a table of events in PostgreSQL takes (the usual way).
        """;

    public string Protocol { get; private init; } = "grpc";

    public int Batch { get; private init; } = 1_000;

    public int Devices { get; private init; } = 100_000;

    public Spread Spread { get; private init; }

    public int InFlight { get; private init; } = 8;

    public int Seconds { get; private init; } = 20;

    public int WarmUp { get; private init; } = 10;

    /// <summary>Events a second; 0 is as fast as it goes.</summary>
    public int Rate { get; init; }

    public string Store { get; private init; } = "postgres";

    /// <summary>Whether to time how soon usage is on the running bill.</summary>
    public bool Visible { get; private init; }

    public int Silos { get; private init; } = 1;

    public int Partitions { get; private init; } = 16;

    public bool Baselines { get; private init; } = true;

    public int Seed { get; private init; } = 42;

    /// <summary>Null where they are wrong.</summary>
    public static IngestOptions? Parse(string[] arguments) => OptionPairs.Read(arguments, new IngestOptions(), With) switch
    {
        { Silos: > 1, Store: "sqlite" } => null,
        var options => options,
    };

    /// <summary>The options with a value; null where name or value is none of theirs.</summary>
    public static IngestOptions? With(IngestOptions options, string name, string value) => name switch
    {
        "--protocol" when value is "grpc" or "http" => options with { Protocol = value },
        "--batch" when OptionPairs.Number(value, 1, 10_000) is { } n => options with { Batch = n },
        "--devices" when OptionPairs.Number(value, 1, 10_000_000) is { } n => options with { Devices = n },
        "--spread" when Enum.TryParse<Spread>(value, ignoreCase: true, out var spread) => options with { Spread = spread },
        "--in-flight" when OptionPairs.Number(value, 1, 4_096) is { } n => options with { InFlight = n },
        "--seconds" when OptionPairs.Number(value, 1, 86_400) is { } n => options with { Seconds = n },
        "--warm-up" when OptionPairs.Number(value, 0, 3_600) is { } n => options with { WarmUp = n },
        "--rate" when OptionPairs.Number(value, 0, 10_000_000) is { } n => options with { Rate = n },
        "--store" when value is "postgres" or "sqlite" => options with { Store = value },
        "--visible" when value is "yes" or "no" => options with { Visible = value == "yes" },
        "--silos" when OptionPairs.Number(value, 1, 16) is { } n => options with { Silos = n },
        "--partitions" when OptionPairs.Number(value, 1, 1_024) is { } n => options with { Partitions = n },
        "--baselines" when value is "yes" or "no" => options with { Baselines = value == "yes" },
        "--seed" when OptionPairs.Number(value, 0, int.MaxValue) is { } n => options with { Seed = n },
        _ => null,
    };
}
