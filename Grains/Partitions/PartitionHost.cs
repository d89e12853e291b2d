using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// The partitions of this silo: loads one when it is first needed, drops it when its log fails, snapshots it.
/// </summary>
internal sealed partial class PartitionHost(
    IPartitionStore store, LogWriter writer, PartitionOptions options, TimeProvider time, ILogger<PartitionHost> logger)
{
    private readonly ConcurrentDictionary<int, Lazy<Task<Partition>>> _loaded = new();
    private readonly ConcurrentDictionary<int, Task> _ticks = new();
    private volatile bool _stopping;

    /// <summary>Number of partitions, fixed at first start; known once the store is open.</summary>
    public int PartitionCount { get; private set; }

    public IPartitionStore Store => store;

    /// <summary>Billing's wall clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Partitions that are loaded here now.</summary>
    public IEnumerable<Partition> Owned => _loaded.Values
        .Where(l => l.IsValueCreated && l.Value.IsCompletedSuccessfully)
        .Select(l => l.Value.Result);

    /// <summary>Opens the store; once, before anything else.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        var layout = await store.OpenAsync(options.Count, ct);
        PartitionCount = layout.PartitionCount;
    }

    /// <summary>The partition, loaded.</summary>
    /// <exception cref="PartitionUnavailableException">It cannot be loaded now.</exception>
    public async Task<Partition> Get(int number)
    {
        var loading = _loaded.GetOrAdd(number, n => new(() => Load(n)));
        try
        {
            var partition = await loading.Value;
            if (partition.Failure is null)
            {
                return partition;
            }
            Drop(number, loading);
            return await _loaded.GetOrAdd(number, n => new(() => Load(n))).Value;
        }
        catch (LogException e)
        {
            Drop(number, loading);
            throw new PartitionUnavailableException($"Partition {number} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>
    /// Refuses work while half of the log's buffers wait for the disk: a batch that was begun must find room to its
    /// end.
    /// </summary>
    /// <exception cref="PartitionUnavailableException">The disk does not keep up; try again later.</exception>
    public void ThrowIfOverloaded()
    {
        if (writer.Stalled || writer.WaitingBytes > writer.MaxWaitingBytes / 2)
        {
            throw new PartitionUnavailableException("The log waits for its disk; send the same events again later.");
        }
    }

    /// <summary>Runs a partition's regular work, unless the silo is stopping.</summary>
    public async Task RunTick(int partition, Func<Task> tick)
    {
        if (_stopping)
        {
            return;
        }
        var running = tick();
        _ticks[partition] = running;
        await running;
    }

    /// <summary>
    /// Begins no more regular work and waits for what runs: while grains go away its calls to them would wait for their
    /// time-out.
    /// </summary>
    public async Task StopTicks(CancellationToken ct)
    {
        _stopping = true;
        await Task.WhenAll(_ticks.Values).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Saves snapshots of what changed since the last ones; called when the silo stops.</summary>
    public async Task SnapshotAll(CancellationToken ct)
    {
        foreach (var loading in _loaded.Values.Where(l => l.IsValueCreated && l.Value.IsCompletedSuccessfully))
        {
            await SnapshotIfDue(await loading.Value, options.SnapshotAtStop, ct);
        }
    }

    /// <summary>Saves a snapshot when enough records came since the last one.</summary>
    public Task SnapshotIfDue(Partition partition, CancellationToken ct) =>
        SnapshotIfDue(partition, options.SnapshotEvery, ct);

    private async Task SnapshotIfDue(Partition partition, long every, CancellationToken ct)
    {
        if (partition.Failure is not null || partition.Log.LastLsn - partition.SnapshotLsn < every)
        {
            return;
        }
        var (lsn, chunks) = partition.Do(t =>
        {
            var sink = new SnapshotChunks();
            t.State.WriteSnapshot(sink.Add);
            return (t.NextLsn - 1, sink.Finish());
        });
        await partition.Durable(lsn);
        if (await store.SaveSnapshotAsync(partition.Number, partition.Epoch, lsn, SnapshotChunks.Stream(chunks), ct))
        {
            partition.SnapshotLsn = lsn;
            SnapshotSaved(logger, partition.Number, lsn, chunks.Sum(c => (long)c.Length));
            await store.TrimAsync(
                partition.Number, partition.Epoch, (time.GetUtcNow() - options.Retention).UtcTicks, ct);
        }
    }

    private void Drop(int number, Lazy<Task<Partition>> loading) =>
        _loaded.TryRemove(KeyValuePair.Create(number, loading));

    private async Task<Partition> Load(int number)
    {
        var started = time.GetTimestamp();
        var claim = await store.TakeOwnershipAsync(number, options.Owner, CancellationToken.None);
        var state = new PartitionState(PartitionCount);
        var lsn = 0L;
        if (await store.LoadSnapshotAsync(number, CancellationToken.None) is { } snapshot)
        {
            SnapshotChunks.ForEach(snapshot.Chunks, record => state.Apply(record, 0));
            lsn = snapshot.Lsn;
        }
        var snapshotLsn = lsn;
        await foreach (var segment in store.ReadAsync(number, lsn + 1, CancellationToken.None))
        {
            foreach (var record in segment)
            {
                if (record.Lsn > lsn)
                {
                    state.Apply(record.Bytes.Span, record.Lsn);
                    lsn = record.Lsn;
                }
            }
        }
        if (lsn != claim.LastLsn)
        {
            throw new InvalidDataException($"Partition {number} replayed to {lsn}, its log ends at {claim.LastLsn}.");
        }
        var log = writer.Open(number, claim.Epoch, claim.LastLsn, e => Lost(logger, number, e));
        Loaded(logger, number, claim.Epoch, lsn, lsn - snapshotLsn, time.GetElapsedTime(started).TotalMilliseconds);
        return new(state, log, PartitionCount, time) { SnapshotLsn = snapshotLsn };
    }

    [LoggerMessage(LogLevel.Debug, "Partition {Partition} loaded: epoch {Epoch}, position {Lsn}, {Replayed} records replayed in {Ms:F0} ms")]
    private static partial void Loaded(ILogger logger, int partition, long epoch, long lsn, long replayed, double ms);

    [LoggerMessage(LogLevel.Debug, "Partition {Partition} saved a snapshot at {Lsn}: {Bytes} bytes")]
    private static partial void SnapshotSaved(ILogger logger, int partition, long lsn, long bytes);

    [LoggerMessage(LogLevel.Error, "Partition {Partition} lost its log; its memory is dropped and loaded again when needed")]
    private static partial void Lost(ILogger logger, int partition, Exception cause);
}
