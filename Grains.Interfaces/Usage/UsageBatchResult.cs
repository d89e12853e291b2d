namespace OrleansBilling.Contracts.Usage;

/// <summary>Answers in the order of the batch's events.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-batch-result")]
public sealed record UsageBatchResult([property: Id(0)] UsageResult[] Results);
