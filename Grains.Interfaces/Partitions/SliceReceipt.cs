namespace OrleansBilling.Contracts.Partitions;

/// <summary>
/// Answer to a delivery: which activation of the receiver took it, so that a restart is noticed and all is sent again.
/// </summary>
[GenerateSerializer, Immutable, Alias("billing.slice-receipt")]
public sealed record SliceReceipt([property: Id(0)] long ReceiverEpoch);
