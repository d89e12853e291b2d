using System.Collections.Concurrent;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// Takes batches of usage to their partitions: one call per partition and batch, in parallel. HTTP and gRPC share it.
/// </summary>
internal sealed class UsageIntake(PartitionRouter router, ClusterChanges changes, UsageMetrics metrics)
{
    private const int MostKept = 16;
    private const int LargestKept = UsageLimits.MaxEvents;
    private readonly ConcurrentBag<IntakeBatch> _spare = [];

    /// <summary>An empty batch; give it back.</summary>
    public IntakeBatch Rent() => _spare.TryTake(out var batch) ? batch : new IntakeBatch();

    /// <summary>Takes a batch back; its results must have been written.</summary>
    public void Return(IntakeBatch batch)
    {
        var size = batch.Count;
        batch.Clear();
        if (size <= LargestKept && _spare.Count < MostKept)
        {
            _spare.Add(batch);
        }
    }

    /// <summary>Sends every event that has no fault and fills in all results; durable when answered.</summary>
    /// <exception cref="PartitionUnavailableException">
    /// A partition could not answer. Others may have taken their events: the same batch may be sent again.
    /// </exception>
    public async Task<UsageTotals> SubmitAsync(string tenant, IntakeBatch batch, CancellationToken cancel)
    {
        var started = UsageMetrics.Start();
        var partitions = await router.AllAsync().ConfigureAwait(false);
        var shares = Share(tenant, batch, partitions.Length);
        var calls = new Task<UsageBatchResult>?[partitions.Length];
        for (var number = 0; number < calls.Length; number++)
        {
            calls[number] = shares[number] is { } share ? ReportAsync(partitions[number], new(tenant, share.Events)) : null;
        }
        await Task.WhenAll(calls.Where(call => call is not null)!).WaitAsync(cancel);
        for (var number = 0; number < calls.Length; number++)
        {
            if (calls[number] is { } call)
            {
                shares[number]!.Spread((await call).Results, batch.Results, number);
            }
        }
        var totals = UsageTotals.Of(batch.Results);
        metrics.Finish(started, batch.Count, totals);
        return totals;
    }

    private Task<UsageBatchResult> ReportAsync(IPartitionGrain partition, UsageBatch batch) =>
        changes.AskAsync(() => partition.Report(batch));

    private static PartitionShare?[] Share(string tenant, IntakeBatch batch, int partitions)
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

    private static UsageResult Refusal(EventFault fault) =>
        new() { Status = UsageStatus.Rejected, Code = fault.Code, Message = fault.Message };
}
