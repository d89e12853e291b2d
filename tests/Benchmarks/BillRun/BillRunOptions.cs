namespace OrleansBilling.Benchmarks.BillRun;

/// <summary>How many bills are made.</summary>
internal sealed record BillRunOptions
{
    public const string Help = """
        bill-run [--customers 10000] [--devices 10] [--store postgres|sqlite] [--partitions 16]
            A month's bills of a tenant on a test clock: usage of every device of every customer, then one move of the clock closes the periods,
            taxes, numbers, seals and issues one invoice each, durably. The chain is verified and the bills audited afterwards.
        """;

    public int Customers { get; private init; } = 10_000;

    /// <summary>Of a customer.</summary>
    public int Devices { get; private init; } = 10;

    public string Store { get; private init; } = "postgres";

    public int Partitions { get; private init; } = 16;

    /// <summary>Null where they are wrong.</summary>
    public static BillRunOptions? Parse(string[] arguments) => OptionPairs.Read(arguments, new BillRunOptions(), With);

    private static BillRunOptions? With(BillRunOptions options, string name, string value) => name switch
    {
        "--customers" when OptionPairs.Number(value, 1, 1_000_000) is { } n => options with { Customers = n },
        "--devices" when OptionPairs.Number(value, 1, 1_000) is { } n => options with { Devices = n },
        "--store" when value is "postgres" or "sqlite" => options with { Store = value },
        "--partitions" when OptionPairs.Number(value, 1, 1_024) is { } n => options with { Partitions = n },
        _ => null,
    };
}
