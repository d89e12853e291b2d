using System.Threading.Channels;

namespace OrleansBilling.Grains.Log;

/// <summary>
/// Group commit for all partitions which a silo owns: while one commit is under way, the records that arrive collect
/// for the next one. There is no timer, so an idle log answers at once and a busy one writes large batches.
/// </summary>
public sealed class LogWriter : IAsyncDisposable
{
    private const long Idle = long.MinValue;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private const int MostDoublings = 5;

    private readonly IPartitionStore _store;
    private readonly TimeProvider _time;
    private readonly LogWriterOptions _options;
    private readonly LogMetrics _metrics;
    private readonly Channel<PartitionLog> _dirty =
        Channel.CreateUnbounded<PartitionLog>(new() { SingleReader = true });
    private readonly Task _loop;

    // One commit at a time, so these are reused.
    private readonly List<PartitionLog> _logs = [];
    private readonly List<SegmentWrite> _segments = [];
    private AggregateException? _unanswered;
    private long _commitStarted = Idle;
    private long _waitingBytes;
    private long _lastCommitTicks;

    /// <param name="store">Opened; stays the caller's, to be disposed after the writer.</param>
    /// <param name="scheduler">Where the writer works; the thread pool when null.</param>
    public LogWriter(
        IPartitionStore store, TimeProvider time, LogWriterOptions? options = null, TaskScheduler? scheduler = null)
    {
        _store = store;
        _time = time;
        _options = options ?? new();
        _metrics = new(() => WaitingBytes);
        Scheduler = scheduler ?? TaskScheduler.Default;
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();
    }

    /// <summary>Bytes appended and not yet durable, over all partitions.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    /// <summary>Bytes that may wait; beyond them appending is refused.</summary>
    public long MaxWaitingBytes => _options.MaxWaitingBytes;

    /// <summary>How long the last commit took.</summary>
    public TimeSpan LastCommitDuration => new(Interlocked.Read(ref _lastCommitTicks));

    /// <summary>Whether the store has kept the present commit waiting for too long to take on more work.</summary>
    public bool Stalled =>
        Interlocked.Read(ref _commitStarted) is var since and not Idle && _time.GetElapsedTime(since) > _options.StalledAfter;

    internal TaskScheduler Scheduler { get; }

    internal int MaxRecordBytes => _options.MaxRecordBytes;

    /// <summary>Opens a partition for appending, after its owner has taken the epoch and replayed.</summary>
    /// <param name="epoch">As taken by <see cref="IPartitionStore.TakeOwnershipAsync"/>.</param>
    /// <param name="lastLsn">The last durable record; the first one appended gets the next number.</param>
    /// <param name="onFailed">Called once, from the writer's scheduler, with a <see cref="PartitionFencedException"/> or
    /// <see cref="LogUnavailableException"/>: drop the partition's memory.</param>
    public PartitionLog Open(int partition, long epoch, long lastLsn, Action<Exception>? onFailed = null) =>
        new(this, partition, epoch, lastLsn, onFailed);

    /// <summary>Takes no more records, writes those appended, and returns when that is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _dirty.Writer.TryComplete();
        await _loop;
        _metrics.Dispose();
    }

    /// <summary>For a writer whose process is no more, as in a simulation: nothing else would take its figures away.</summary>
    internal void ForgetMetrics() => _metrics.Dispose();

    internal bool TryEnqueue(PartitionLog log) => _dirty.Writer.TryWrite(log);

    internal void Reserve(int bytes)
    {
        var waiting = Interlocked.Add(ref _waitingBytes, bytes);
        if (waiting > _options.MaxWaitingBytes)
        {
            Release(bytes);
            throw new LogOverloadedException(waiting - bytes, _options.MaxWaitingBytes);
        }
    }

    internal void Release(int bytes) => Interlocked.Add(ref _waitingBytes, -bytes);

    private async Task RunAsync()
    {
        while (await _dirty.Reader.WaitToReadAsync())
        {
            try
            {
                SealOpenBatches();
                if (_segments.Count > 0)
                {
                    await CommitAsync();
                }
            }
            catch (Exception error)
            {
                // Our own mistake, or no memory: nobody may wait for ever, and the other partitions go on.
                _logs.ForEach(log => log.Fail(new LogUnavailableException(log.Partition, error.Message, error)));
            }
        }
    }

    private void SealOpenBatches()
    {
        _logs.Clear();
        _segments.Clear();
        // All are taken out before any is sealed: a sealed one may enqueue itself again for the commit after this one.
        while (_dirty.Reader.TryRead(out var log))
        {
            _logs.Add(log);
        }
        var recordedTicks = _time.GetUtcNow().UtcTicks;
        _logs.RemoveAll(log => !TrySeal(log, recordedTicks));
    }

    private bool TrySeal(PartitionLog log, long recordedTicks)
    {
        if (log.Seal() is not { } buffer)
        {
            return false;
        }
        _segments.Add(buffer.Seal(log.Partition, log.Epoch, recordedTicks));
        return true;
    }

    private async Task CommitAsync()
    {
        var start = _time.GetTimestamp();
        Interlocked.Exchange(ref _commitStarted, start);
        for (var attempt = 1; _logs.Count > 0; attempt++)
        {
            var failure = await TryAppendAsync(attempt);
            if (failure is null)
            {
                break;
            }
            _metrics.Failed();
            await ResolveAsync(failure);
            if (failure is not StoreFailedException { Transient: true } || _time.GetElapsedTime(start) >= _options.RetryFor)
            {
                GiveUp(failure);
                break;
            }
            await Task.Delay(FirstWait * (1 << Math.Min(attempt - 1, MostDoublings)), _time);
        }
        Interlocked.Exchange(ref _commitStarted, Idle);
        var duration = _time.GetElapsedTime(start);
        Interlocked.Exchange(ref _lastCommitTicks, duration.Ticks);
        _metrics.Committed(duration);
    }

    /// <returns>What the store threw; null when every segment is settled.</returns>
    private async Task<Exception?> TryAppendAsync(int attempt)
    {
        try
        {
            var outcomes = await _store.AppendAsync(_segments, CancellationToken.None);
            for (var i = outcomes.Length - 1; i >= 0; i--)
            {
                // An earlier attempt whose answer was lost may have landed before this one.
                if (outcomes[i] == AppendOutcome.OutOfSequence && attempt > 1)
                {
                    await ResolveAsync(i);
                }
                else
                {
                    Settle(i, outcomes[i]);
                }
            }
            GiveUp(null);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>
    /// The store threw: whether the transaction took place is for the store to say, partition by partition. What it says was not
    /// written stays, to be written again.
    /// </summary>
    private async Task ResolveAsync(Exception error)
    {
        try
        {
            for (var i = _logs.Count - 1; i >= 0; i--)
            {
                await ResolveAsync(i);
            }
        }
        catch (Exception unanswered)
        {
            _unanswered = new AggregateException(error, unanswered);
            return;
        }
        _unanswered = null;
    }

    /// <summary>
    /// Nobody else writes under this epoch, so a log that ends where the segment ends has the segment.
    /// </summary>
    private async Task ResolveAsync(int index)
    {
        var (log, header) = (_logs[index], _segments[index].Header);
        var position = await _store.ReadPositionAsync(log.Partition, CancellationToken.None);
        if (position.Epoch != log.Epoch)
        {
            Settle(index, AppendOutcome.Fenced);
        }
        else if (position.LastLsn == header.LastLsn)
        {
            Settle(index, AppendOutcome.Written);
        }
        else if (position.LastLsn != header.FirstLsn - 1)
        {
            Settle(index, AppendOutcome.OutOfSequence);
        }
    }

    private void Settle(int index, AppendOutcome outcome)
    {
        var (log, segment) = (_logs[index], _segments[index]);
        _logs.RemoveAt(index);
        _segments.RemoveAt(index);
        switch (outcome)
        {
            case AppendOutcome.Written:
                _metrics.Written(segment);
                log.Complete();
                break;
            case AppendOutcome.Fenced:
                _metrics.Fenced();
                log.Fail(new PartitionFencedException(log.Partition, log.Epoch));
                break;
            default:
                log.Fail(new LogUnavailableException(log.Partition,
                    $"LSN {segment.Header.FirstLsn} does not follow the last one stored."));
                break;
        }
    }

    /// <summary>Whatever is not settled by now fails; its owners drop their memory and ask the store anew.</summary>
    private void GiveUp(Exception? error)
    {
        for (var i = 0; i < _logs.Count; i++)
        {
            var (log, header) = (_logs[i], _segments[i].Header);
            var problem = _unanswered is { } unanswered
                ? $"may or may not be written. {unanswered.InnerExceptions[^1].Message}"
                : $"could not be written. {error?.Message}";
            log.Fail(new LogUnavailableException(
                log.Partition, $"LSN {header.FirstLsn} to {header.LastLsn} {problem}", _unanswered ?? error));
        }
        _logs.Clear();
        _segments.Clear();
        _unanswered = null;
    }
}
