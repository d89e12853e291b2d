using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// The partitions of this silo: loads one for its <see cref="PartitionGrain"/>, drops it when its log fails or another silo owns
/// it, snapshots it.
/// </summary>
internal sealed partial class PartitionHost(
    IPartitionStore store, LogWriter writer, PartitionOptions options, TimeProvider time, ILogger<PartitionHost> logger)
{
    private const int MostJobSteps = 4;

    private readonly ConcurrentDictionary<int, Lazy<Task<Partition>>> _loaded = new();
    private readonly ConcurrentDictionary<int, Task> _ticks = new();
    private readonly OwnershipLease _lease = new(options.ConfirmedFor, time);
    private volatile IReadOnlyList<long> _newestEpochs = [];
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

    /// <summary>Steps of bulk jobs that may be under way in this silo at a time.</summary>
    public SemaphoreSlim JobSteps { get; } = new(MostJobSteps);

    /// <summary>Shells that are active here.</summary>
    public ShellRegister Shells { get; } = new();

    /// <summary>Partition grains that are active here, by number.</summary>
    public ConcurrentDictionary<int, PartitionGrain> Anchors { get; } = new();

    /// <summary>The partition when it is loaded here and may be used; null otherwise.</summary>
    public Partition? Find(int number) =>
        _loaded.TryGetValue(number, out var loading) && loading is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            && loading.Value.Result is { Failure: null } partition
            ? partition
            : null;

    /// <summary>
    /// The partition, owned and loaded; for its grain only, since whoever acquires takes it away from another silo.
    /// </summary>
    /// <exception cref="PartitionUnavailableException">It cannot be loaded now, or has another owner.</exception>
    public async Task<Partition> Acquire(int number)
    {
        var loading = _loaded.GetOrAdd(number, n => new(() => Load(n)));
        var partition = await Outcome(number, loading);
        if (partition.Failure is null)
        {
            return partition;
        }
        Drop(number, loading);
        if (partition.Failure is PartitionFencedException fenced)
        {
            Follow(number);
            throw new PartitionUnavailableException(fenced.Message);
        }
        return await Outcome(number, _loaded.GetOrAdd(number, n => new(() => Load(n))));
    }

    /// <summary>Lets go of a partition: nothing more is written, what was appended becomes durable, its shells follow it.</summary>
    public async Task Release(int number)
    {
        if (_loaded.TryRemove(number, out var loading) && loading.IsValueCreated)
        {
            try
            {
                await (await loading.Value).Log.CloseAsync();
            }
            catch (LogException e)
            {
                Lost(logger, number, e);
            }
        }
        Shells.Follow(number);
    }

    /// <summary>
    /// Asks the store who owns what; what has a newer epoch is fenced here without waiting for the next write to fail.
    /// </summary>
    /// <returns>Partitions that have another owner.</returns>
    /// <exception cref="LogException">The store does not answer; the lease runs on.</exception>
    public async Task<IReadOnlyList<int>> VerifyOwnership(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var epochs = await store.ReadEpochsAsync(ct);
        _newestEpochs = epochs;
        var lost = Owned.Where(p => epochs[p.Number] > p.Epoch).ToArray();
        foreach (var partition in lost)
        {
            partition.Fence();
            Follow(partition.Number);
        }
        _lease.Confirm(asked);
        return [.. lost.Select(p => p.Number)];
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
        foreach (var anchor in Anchors.Values)
        {
            anchor.StopJobs();
        }
        await Task.WhenAll(_ticks.Values).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Saves snapshots of what changed since the last ones; called when the silo stops.</summary>
    public async Task SnapshotAll(CancellationToken ct)
    {
        foreach (var loading in _loaded.Values.Where(l => l.IsValueCreated && l.Value.IsCompletedSuccessfully))
        {
            await SnapshotIfDue(await loading.Value, options.SnapshotAtStop, SnapshotShare.AtStop, ct);
        }
    }

    /// <summary>Saves a snapshot when enough records came since the last one.</summary>
    public Task SnapshotIfDue(Partition partition, CancellationToken ct) =>
        SnapshotIfDue(partition, options.SnapshotEvery, SnapshotShare.Running, ct);

    /// <summary>Saves one so that a new owner has little to replay, while the partition still serves.</summary>
    public Task SnapshotForHandOver(Partition partition, CancellationToken ct) =>
        SnapshotIfDue(partition, options.SnapshotAtHandOver, SnapshotShare.AtStop, ct);

    private async Task SnapshotIfDue(Partition partition, long fewest, int share, CancellationToken ct)
    {
        var since = partition.Log.LastLsn - partition.SnapshotLsn;
        // Most have too little for any: they need no turn, which a partition that lost its lease would refuse.
        if (partition.Failure is not null || since < fewest
            || since < SnapshotShare.Of(fewest, partition.Do(t => t.State.Devices.EventIds.Count), share))
        {
            return;
        }
        var (lsn, snapshot) = partition.Do(t =>
        {
            t.State.AuditTrails.Forget(Instant.FromDateTimeOffset(time.GetUtcNow() - options.Retention));
            return (t.NextLsn - 1, t.State.BeginSnapshot());
        });
        await partition.Durable(lsn);
        if (await store.SaveSnapshotAsync(partition.Number, partition.Epoch, lsn, snapshot.Chunks(), ct))
        {
            partition.SnapshotLsn = lsn;
            SnapshotSaved(logger, partition.Number, lsn, snapshot.Bytes);
            await store.TrimAsync(
                partition.Number, partition.Epoch, (time.GetUtcNow() - options.Retention).UtcTicks, ct);
        }
    }

    /// <summary>The state of the newest snapshot, or an empty one; and the last record that it holds.</summary>
    public async Task<(PartitionState State, long Lsn)> LoadSnapshot(int number, CancellationToken ct)
    {
        var state = new PartitionState(PartitionCount);
        if (await store.LoadSnapshotAsync(number, ct) is not { } snapshot)
        {
            return (state, 0);
        }
        SnapshotChunks.ForEach(snapshot.Chunks, record => state.Apply(record, 0));
        return (state, snapshot.Lsn);
    }

    /// <summary>Applies the records of a segment that the state does not hold yet.</summary>
    /// <param name="lsn">The last record that it holds.</param>
    /// <returns>The last one that it holds then.</returns>
    public static long Replay(Segment segment, PartitionState state, long lsn)
    {
        foreach (var record in segment)
        {
            if (record.Lsn > lsn)
            {
                state.Apply(record.Bytes.Span, record.Lsn);
                lsn = record.Lsn;
            }
        }
        return lsn;
    }

    /// <summary>Sends the grain and the shells of a partition that others own to where it is now.</summary>
    private void Follow(int number)
    {
        if (Anchors.TryGetValue(number, out var anchor))
        {
            anchor.Leave();
        }
        Shells.Follow(number);
    }

    /// <summary>A load that failed is not kept, whatever the reason: the next call loads anew.</summary>
    private async Task<Partition> Outcome(int number, Lazy<Task<Partition>> loading)
    {
        try
        {
            return await loading.Value;
        }
        catch (LogException e)
        {
            Drop(number, loading);
            throw new PartitionUnavailableException($"Partition {number} cannot be loaded: {e.Message}");
        }
        catch
        {
            Drop(number, loading);
            throw;
        }
    }

    private void Drop(int number, Lazy<Task<Partition>> loading) =>
        _loaded.TryRemove(KeyValuePair.Create(number, loading));

    private async Task<Partition> Load(int number)
    {
        var started = time.GetTimestamp();
        var claim = await store.TakeOwnershipAsync(number, options.Owner, CancellationToken.None);
        var (state, snapshotLsn) = await LoadSnapshot(number, CancellationToken.None);
        var lsn = snapshotLsn;
        await foreach (var segment in store.ReadAsync(number, lsn + 1, CancellationToken.None))
        {
            lsn = Replay(segment, state, lsn);
        }
        if (lsn != claim.LastLsn)
        {
            // Reading takes a while: a newer owner may have written what was read.
            if ((await store.ReadPositionAsync(number, CancellationToken.None)).Epoch != claim.Epoch)
            {
                throw new PartitionFencedException(number, claim.Epoch);
            }
            throw new InvalidDataException($"Partition {number} replayed to {lsn}, its log ends at {claim.LastLsn}.");
        }
        if (number < _newestEpochs.Count && _newestEpochs[number] > claim.Epoch)
        {
            // The question who owns what was answered meanwhile, and will not be asked again before the lease is used.
            throw new PartitionFencedException(number, claim.Epoch);
        }
        var log = writer.Open(number, claim.Epoch, claim.LastLsn, e => Lost(logger, number, e));
        Loaded(logger, number, claim.Epoch, lsn, lsn - snapshotLsn, time.GetElapsedTime(started).TotalMilliseconds);
        return new(state, log, _lease, PartitionCount, time, options.Taxes) { SnapshotLsn = snapshotLsn };
    }

    [LoggerMessage(LogLevel.Debug, "Partition {Partition} loaded: epoch {Epoch}, position {Lsn}, {Replayed} records replayed in {Ms:F0} ms")]
    private static partial void Loaded(ILogger logger, int partition, long epoch, long lsn, long replayed, double ms);

    [LoggerMessage(LogLevel.Debug, "Partition {Partition} saved a snapshot at {Lsn}: {Bytes} bytes")]
    private static partial void SnapshotSaved(ILogger logger, int partition, long lsn, long bytes);

    [LoggerMessage(LogLevel.Error, "Partition {Partition} lost its log; its memory is dropped and loaded again when needed")]
    private static partial void Lost(ILogger logger, int partition, Exception cause);
}
