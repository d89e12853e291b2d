using System.Threading.Channels;

namespace OrleansBilling.Grains.Log;

/// <summary>
/// Group commit for all partitions which a silo owns: while one commit is under way, the records that arrive collect
/// for the next one. There is no timer, so an idle log answers at once and a busy one writes large batches.
/// </summary>
public sealed class LogWriter : IAsyncDisposable
{
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
    private long _waitingBytes;
    private long _lastCommitTicks;

    /// <param name="store">Opened; stays the caller's, to be disposed after the writer.</param>
    public LogWriter(IPartitionStore store, TimeProvider time, LogWriterOptions? options = null)
    {
        _store = store;
        _time = time;
        _options = options ?? new();
        _metrics = new(() => WaitingBytes);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Bytes appended and not yet durable, over all partitions.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    /// <summary>Bytes that may wait; beyond them appending is refused.</summary>
    public long MaxWaitingBytes => _options.MaxWaitingBytes;

    /// <summary>How long the last commit took.</summary>
    public TimeSpan LastCommitDuration => new(Interlocked.Read(ref _lastCommitTicks));

    internal int MaxRecordBytes => _options.MaxRecordBytes;

    /// <summary>Opens a partition for appending, after its owner has taken the epoch and replayed.</summary>
    /// <param name="epoch">As taken by <see cref="IPartitionStore.TakeOwnershipAsync"/>.</param>
    /// <param name="lastLsn">The last durable record; the first one appended gets the next number.</param>
    /// <param name="onFailed">Called once, on a pool thread, with a <see cref="PartitionFencedException"/> or
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
        AppendOutcome[] outcomes;
        try
        {
            outcomes = await _store.AppendAsync(_segments, CancellationToken.None);
        }
        catch (Exception error)
        {
            _metrics.Failed();
            await ResolveAsync(error);
            return;
        }
        var duration = _time.GetElapsedTime(start);
        Interlocked.Exchange(ref _lastCommitTicks, duration.Ticks);
        _metrics.Committed(duration);
        for (var i = 0; i < outcomes.Length; i++)
        {
            Settle(_logs[i], _segments[i], outcomes[i]);
        }
    }

    private void Settle(PartitionLog log, in SegmentWrite segment, AppendOutcome outcome)
    {
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

    // The store threw: whether the transaction took place is for the store to say, partition by partition.
    private async Task ResolveAsync(Exception error)
    {
        for (var i = 0; i < _logs.Count; i++)
        {
            var log = _logs[i];
            var header = _segments[i].Header;
            try
            {
                var position = await _store.ReadPositionAsync(log.Partition, CancellationToken.None);
                if (position.Epoch != log.Epoch)
                {
                    Settle(log, _segments[i], AppendOutcome.Fenced);
                }
                else if (position.LastLsn == header.LastLsn)
                {
                    Settle(log, _segments[i], AppendOutcome.Written);
                }
                else
                {
                    log.Fail(new LogUnavailableException(log.Partition,
                        $"LSN {header.FirstLsn} to {header.LastLsn} could not be written. {error.Message}", error));
                }
            }
            catch (Exception secondError)
            {
                log.Fail(new LogUnavailableException(log.Partition,
                    $"LSN {header.FirstLsn} to {header.LastLsn} may or may not be written. {secondError.Message}",
                    new AggregateException(error, secondError)));
            }
        }
    }
}
