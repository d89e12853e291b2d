using System.Collections.Concurrent;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// Takes batches of usage to their partitions: one call per partition and batch, in parallel. HTTP and gRPC share it. Events that name an
/// identifier go to its partition first and, when it says whose they are, to the device's.
/// </summary>
internal sealed class UsageIntake(PartitionRouter router, ClusterChanges changes, UsageMetrics metrics)
{
    /// <summary>Events that spare batches have room for, all together: many of single events, or some of the largest.</summary>
    private const int MostRoom = 16 * UsageLimits.MaxEvents;

    /// <summary>An identifier's events take two; more while identifiers change their owners.</summary>
    private const int MaxRounds = 8;

    private readonly ConcurrentBag<IntakeBatch> _spare = [];
    private readonly StringCache _strings = new();
    private int _room;

    /// <summary>An empty batch; give it back.</summary>
    public IntakeBatch Rent()
    {
        if (!_spare.TryTake(out var batch))
        {
            return new(_strings);
        }
        Interlocked.Add(ref _room, -batch.Room);
        return batch;
    }

    /// <summary>Takes a batch back; its results must have been written.</summary>
    public void Return(IntakeBatch batch)
    {
        batch.Clear();
        if (Interlocked.Add(ref _room, batch.Room) <= MostRoom)
        {
            _spare.Add(batch);
        }
        else
        {
            Interlocked.Add(ref _room, -batch.Room);
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
        var shares = IntakeRound.First(tenant, batch, partitions.Length);
        for (var round = 0; shares is not null; round++)
        {
            if (round == MaxRounds)
            {
                throw new PartitionUnavailableException("Identifiers change their owners just now; send the same events again.");
            }
            await SubmitAsync(tenant, shares, partitions, batch, cancel);
            shares = IntakeRound.Next(tenant, batch, partitions.Length);
        }
        var totals = UsageTotals.Of(batch.Results);
        metrics.Finish(started, batch.Count, totals);
        return totals;
    }

    private async Task SubmitAsync(
        string tenant, PartitionShare?[] shares, IPartitionGrain[] partitions, IntakeBatch batch, CancellationToken cancel)
    {
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
    }

    private Task<UsageBatchResult> ReportAsync(IPartitionGrain partition, UsageBatch batch) =>
        changes.AskAsync(() => partition.Report(batch));
}
