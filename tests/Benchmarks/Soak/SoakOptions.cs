using System.Globalization;
using OrleansBilling.Benchmarks.Ingest;

namespace OrleansBilling.Benchmarks.Soak;

/// <summary>How long to load a server, and how much.</summary>
internal sealed record SoakOptions
{
    public const string Help = """
        soak [--hours 2 | --seconds N] [--load 70%] [--find 60] [--most-drift 10%] [--bytes-per-event 40] [options of ingest, without --rate]
            Usage at a share of the most that the server takes, for hours. Finds the most first (closed loop, --find seconds), then sends
            that share at a fixed rate, with latencies from when each request should have been sent. Ends with 1 when a request failed,
            when the p99 of the last third is more than --most-drift above that of the first, or when more is alive in the server's heap
            at the end than at the beginning, beside --bytes-per-event: every event id is kept (docs/operations.md), so that hours need memory.
        """;

    public TimeSpan Length { get; private init; } = TimeSpan.FromHours(2);

    /// <summary>Share of the most, from 0.01 to 1.</summary>
    public double Load { get; private init; } = 0.7;

    /// <summary>Seconds of the search for the most.</summary>
    public int Find { get; private init; } = 60;

    /// <summary>By which share the p99 of the last third may be above that of the first.</summary>
    public double MostDrift { get; private init; } = 0.1;

    /// <summary>What an event may keep in memory: its id, and its share of a table that grows by doubling.</summary>
    public int BytesPerEvent { get; private init; } = 40;

    /// <summary>What is sent, and to what.</summary>
    public IngestOptions Ingest { get; private init; } = new();

    /// <summary>Null where they are wrong.</summary>
    public static SoakOptions? Parse(string[] arguments) => OptionPairs.Read(arguments, new SoakOptions(), With);

    private static SoakOptions? With(SoakOptions options, string name, string value) => name switch
    {
        "--hours" => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= 1000
            ? options with { Length = TimeSpan.FromHours((double)hours) } : null,
        "--seconds" => OptionPairs.Number(value, 3, 3_600_000) is { } n ? options with { Length = TimeSpan.FromSeconds(n) } : null,
        "--load" => Percent(value, 1, 100) is { } share ? options with { Load = share } : null,
        "--find" => OptionPairs.Number(value, 1, 3_600) is { } n ? options with { Find = n } : null,
        "--most-drift" => Percent(value, 0, 100_000) is { } share ? options with { MostDrift = share } : null,
        "--bytes-per-event" => OptionPairs.Number(value, 0, 10_000) is { } n ? options with { BytesPerEvent = n } : null,
        "--rate" or "--visible" or "--baselines" => null,
        _ => IngestOptions.With(options.Ingest, name, value) is { } ingest ? options with { Ingest = ingest } : null,
    };

    private static double? Percent(string text, int least, int most) =>
        OptionPairs.Number(text.EndsWith('%') ? text[..^1] : text, least, most) is { } n ? n / 100d : null;
}
