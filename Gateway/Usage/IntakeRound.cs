using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <summary>What of a batch goes to the partitions at once.</summary>
internal static class IntakeRound
{
    /// <summary>Every event that has no fault.</summary>
    /// <param name="tenant">Whose devices they name.</param>
    /// <param name="batch">Faulty ones get their results.</param>
    /// <param name="partitions">Their number.</param>
    public static PartitionShare?[] First(string tenant, IntakeBatch batch, int partitions)
    {
        var events = batch.Events;
        var owners = new int[events.Length];
        Span<int> counts = stackalloc int[partitions];
        for (var i = 0; i < events.Length; i++)
        {
            owners[i] = events[i].Fault is null
                ? PartitionMap.Of(EntityKind.Device, tenant, events[i].Event.Device, partitions)
                : -1;
            if (owners[i] >= 0)
            {
                counts[owners[i]]++;
            }
        }
        var shares = new PartitionShare?[partitions];
        for (var i = 0; i < events.Length; i++)
        {
            if (owners[i] < 0)
            {
                batch.Results[i] = Refusal(events[i].Fault!);
                continue;
            }
            (shares[owners[i]] ??= new(counts[owners[i]])).Add(i, events[i].Event);
        }
        return shares;
    }

    /// <summary>
    /// Events whose identifier's partition has said whose they are, and those that the device's partition has sent back; null when all are
    /// answered.
    /// </summary>
    public static PartitionShare?[]? Next(string tenant, IntakeBatch batch, int partitions)
    {
        PartitionShare?[]? shares = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var result = batch.Results[i];
            if (result.Status is UsageStatus.Owned or UsageStatus.NotOwner)
            {
                ref var usage = ref batch.Events[i].Event;
                usage = usage with { Device = result.Status == UsageStatus.Owned ? result.Code! : usage.Identifier! };
                var owner = PartitionMap.Of(EntityKind.Device, tenant, usage.Device, partitions);
                shares ??= new PartitionShare?[partitions];
                (shares[owner] ??= new(batch.Count)).Add(i, usage);
            }
        }
        return shares;
    }

    private static UsageResult Refusal(EventFault fault) =>
        new() { Status = UsageStatus.Rejected, Code = fault.Code, Message = fault.Message };
}
