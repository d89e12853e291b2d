namespace OrleansBilling.Contracts.Usage;

/// <summary>One reading from a device; identified by device and id, for ever.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-event")]
public readonly record struct UsageEvent
{
    /// <summary>1–128 characters; unique per device.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Id of the device.</summary>
    [Id(1)]
    public required string Device { get; init; }

    /// <summary>Id of the meter.</summary>
    [Id(2)]
    public required string Meter { get; init; }

    /// <summary>When it was used: ticks of 100 ns since the Unix epoch.</summary>
    [Id(3)]
    public required long UnixTicks { get; init; }

    /// <summary>A quantity, or the register's reading for a cumulative meter.</summary>
    [Id(4)]
    public required decimal Value { get; init; }

    /// <summary>Unit of the value; null is the meter's.</summary>
    [Id(5)]
    public string? Unit { get; init; }

    /// <summary>Null or empty for none; at most 16, names and values of at most 64 characters.</summary>
    [Id(6)]
    public KeyValuePair<string, string>[]? Dimensions { get; init; }

    /// <summary>
    /// Key of the identifier that the sender named instead of a device; <see cref="Device"/> is then the same key, or the device that the
    /// identifier's partition says has it. Null for none.
    /// </summary>
    [Id(7)]
    public string? Identifier { get; init; }

    /// <summary>When it came to the quarantine of its identifier, in Unix ticks of the tenant's clock; 0 for usage that comes now.</summary>
    [Id(8)]
    public long HeldSince { get; init; }
}
