namespace OrleansBilling.Contracts.Usage;

/// <summary>Events of one tenant for devices of one partition.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-batch")]
public sealed record UsageBatch([property: Id(0)] string Tenant, [property: Id(1)] UsageEvent[] Events)
{
    /// <summary>The partition that is to be told of this usage before the answer; meaningless without <see cref="TellEpoch"/>.</summary>
    [Id(2)]
    public int TellPartition { get; init; }

    /// <summary>The epoch of that partition's owner; 0: nobody is to be told.</summary>
    [Id(3)]
    public long TellEpoch { get; init; }
}
