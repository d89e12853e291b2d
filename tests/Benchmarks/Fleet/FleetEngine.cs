using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>The real engine without grains around it: partitions over a SQLite store.</summary>
internal sealed class FleetEngine : IAsyncDisposable
{
    private const int TurnSize = 1_000;

    private readonly SqlitePartitionStore _store;
    private readonly LogWriter _writer;
    private readonly PartitionHost _host;

    private FleetEngine(SqlitePartitionStore store, FleetOptions options)
    {
        _store = store;
        _writer = new(store, TimeProvider.System);
        _host = new(
            store, _writer, new() { Count = options.Partitions, SnapshotEvery = 1 }, TimeProvider.System,
            NullLogger<PartitionHost>.Instance);
    }

    /// <summary>Loaded partitions by their number.</summary>
    public Dictionary<int, Partition> Partitions { get; } = [];

    public static async Task<FleetEngine> OpenAsync(string folder, FleetOptions options)
    {
        var engine = new FleetEngine(new(Path.Combine(folder, "fleet.db")), options);
        await engine._host.OpenAsync(default);
        return engine;
    }

    /// <summary>Takes ownership of a partition and loads it from its snapshot and log.</summary>
    public async Task<Partition> LoadAsync(int number) => Partitions[number] = await _host.Acquire(number);

    /// <summary>Applies work to each partition in turns of a thousand, each durable before the next.</summary>
    /// <param name="work">What there is to do, by partition.</param>
    public async Task ForEachAsync<T>(ILookup<int, T> work, Action<Partition.Turn, T> apply)
    {
        foreach (var group in work)
        {
            foreach (var turn in group.Chunk(TurnSize))
            {
                await Partitions[group.Key].DoDurably(t =>
                {
                    foreach (var item in turn)
                    {
                        apply(t, item);
                    }
                    return true;
                });
            }
        }
    }

    /// <summary>Decides, applies and appends one event as a silo does.</summary>
    public static void Report(Partition.Turn turn, in UsageEvent e)
    {
        UsageRecord record = default;
        turn.BeginChange();
        var tenant = turn.State.Tenant(FleetPopulation.TenantId)!;
        var result = turn.State.Devices.Decide(tenant, e, FleetPopulation.Now, turn.NextLsn, ref record);
        if (result.Status is not (UsageStatus.Accepted or UsageStatus.Late))
        {
            throw new InvalidOperationException($"Event {e.Id} was not accepted: {result.Status} {result.Code}.");
        }
        turn.Append(record);
    }

    /// <summary>Tells every partition the others' slices, as they do ten times a second.</summary>
    public void DeliverSlices()
    {
        foreach (var sender in Partitions.Values)
        {
            foreach (var (number, receiver) in Partitions)
            {
                var delivery = sender.Do(t => new SliceDelivery(
                    sender.Number, sender.Epoch, t.NextLsn - 1, receiver.Epoch, [],
                    [.. t.State.Outbox.Take(number).Select(s => s.ToSlice())]));
                receiver.Do(t => t.State.Subscriptions.Take(delivery, receiver.Epoch, t.State.Tenant));
            }
        }
    }

    /// <summary>Builds a partition's state from its whole log.</summary>
    public async Task ReplayAsync(int number, ReplayClock clock)
    {
        var state = new PartitionState(_host.PartitionCount);
        await foreach (var segment in _store.ReadAsync(number, 1, default))
        {
            foreach (var record in segment)
            {
                clock.Begin();
                state.Apply(record.Bytes.Span, record.Lsn);
                clock.End(usage: UsageRecordCodec.IsUsage(record.Bytes.Span));
            }
        }
    }

    /// <summary>Saves a snapshot of every partition.</summary>
    public async Task SnapshotAsync()
    {
        foreach (var partition in Partitions.Values)
        {
            await _host.SnapshotIfDue(partition, default);
        }
    }

    /// <summary>Bytes of the snapshots that the store has.</summary>
    public async Task<long> SnapshotBytesAsync()
    {
        var sum = 0L;
        foreach (var number in Partitions.Keys)
        {
            var snapshot = await _store.LoadSnapshotAsync(number, default);
            sum += snapshot?.Chunks.Sum(c => (long)c.Length) ?? 0;
        }
        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _store.DisposeAsync();
    }
}
