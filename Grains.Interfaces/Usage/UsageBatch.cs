namespace OrleansBilling.Contracts.Usage;

/// <summary>Events of one tenant for devices of one partition.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-batch")]
public sealed record UsageBatch([property: Id(0)] string Tenant, [property: Id(1)] UsageEvent[] Events);
