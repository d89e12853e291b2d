namespace OrleansBilling.Contracts.Usage;

/// <summary>Answers in the order of the batch's events.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-batch-result")]
public sealed record UsageBatchResult([property: Id(0)] UsageResult[] Results)
{
    /// <summary>Whether the partition that was to be told has been told. An earlier version does not know of it and says no.</summary>
    [Id(1)]
    public bool Told { get; init; }
}
