using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Usage;

/// <summary>What is answered when part of a batch could not be taken.</summary>
internal static class UsageUnavailable
{
    public const string Detail =
        "Part of the batch could not be taken now; events of other partitions may have been accepted. Send the same "
        + "batch again with the same ids: what was accepted counts once and is answered as a duplicate.";

    public static bool Is(Exception error) =>
        error is PartitionUnavailableException or TimeoutException or OrleansException or OperationCanceledException;

    public static ApiProblem Problem() => new(503, "usage.partition_unavailable", Detail) { RetryAfterSeconds = 1 };
}
