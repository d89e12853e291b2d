namespace OrleansBilling.Contracts.Usage;

/// <summary>Answer to one event.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-result")]
public readonly record struct UsageResult
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public UsageStatus Status { get; init; }

    /// <summary>Stable dotted code when it was not simply accepted.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>A sentence for people that goes with the code.</summary>
    [Id(2)]
    public string? Message { get; init; }

    /// <summary>Partition of the device.</summary>
    [Id(3)]
    public int Partition { get; init; }

    /// <summary>Position in the partition's log; 0 when nothing was written for it.</summary>
    [Id(4)]
    public long Position { get; init; }

    /// <summary>
    /// Exact, unrounded money it caused where the price is the device's own; null where it depends on totals.
    /// </summary>
    [Id(5)]
    public decimal? Charge { get; init; }

    /// <summary>ISO 4217 code of <see cref="Charge"/>.</summary>
    [Id(6)]
    public string? Currency { get; init; }

    /// <summary>A sentence about an event that counts, but perhaps not as it was meant; null when there is nothing to say.</summary>
    [Id(7)]
    public string? Warning { get; init; }
}
