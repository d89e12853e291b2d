namespace OrleansBilling.Grains.Log;

/// <summary>
/// An owner's handle on one partition's log. Appending only fills a buffer; <see cref="DurableAsync"/> tells when the
/// records are on disk. Once it has failed, the owner drops the partition's memory, takes a new epoch, replays and
/// opens a new handle.
/// </summary>
/// <remarks>Thread-safe. One buffer fills while the other one is being written.</remarks>
public sealed class PartitionLog
{
    private readonly Lock _gate = new();
    private readonly LogWriter _writer;
    private readonly Action<Exception>? _onFailed;
    private SegmentBuffer _open = new();
    private SegmentBuffer? _flying;
    private SegmentBuffer? _spare = new();
    private LogException? _failure;
    private bool _closed;
    private long _lastLsn;
    private long _durableLsn;

    internal PartitionLog(LogWriter writer, int partition, long epoch, long lastLsn, Action<Exception>? onFailed)
    {
        _writer = writer;
        _onFailed = onFailed;
        Partition = partition;
        Epoch = epoch;
        _lastLsn = lastLsn;
        _durableLsn = lastLsn;
        _open.Start(lastLsn + 1);
    }

    /// <summary>From 0.</summary>
    public int Partition { get; }

    /// <summary>The epoch under which this handle writes.</summary>
    public long Epoch { get; }

    /// <summary>The last record appended, durable or not.</summary>
    public long LastLsn => Volatile.Read(ref _lastLsn);

    /// <summary>The last record known to be durable.</summary>
    public long DurableLsn => Volatile.Read(ref _durableLsn);

    /// <summary>Why the handle is dead; null while it is alive.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>
    /// Keeps the open batch open until the scope is disposed of: what this thread appends meanwhile is written together, so
    /// that a crash leaves all of it or none. Short and synchronous, for one turn of the owner.
    /// </summary>
    public Lock.Scope BeginTurn() => _gate.EnterScope();

    /// <summary>Copies a record into the open batch.</summary>
    /// <param name="record">Opaque; may be empty.</param>
    /// <param name="eventTimeTicks">When it happened, in UTC ticks; 0 when it has no event time.</param>
    /// <returns>The record's LSN; it is not durable yet.</returns>
    /// <exception cref="LogClosedException">The handle has failed or is closed.</exception>
    /// <exception cref="LogOverloadedException">Too many bytes wait for the disk; nothing was appended.</exception>
    public long Append(ReadOnlySpan<byte> record, long eventTimeTicks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, _writer.MaxRecordBytes);
        lock (_gate)
        {
            if (_closed || _failure is not null)
            {
                throw new LogClosedException(Partition, _failure);
            }
            _open.EnsureRoom(record.Length);
            _writer.Reserve(Varint.SizeOf(record.Length) + record.Length);
            if (_open.Count == 0 && !_writer.TryEnqueue(this))
            {
                _writer.Release(Varint.SizeOf(record.Length) + record.Length);
                throw new LogClosedException(Partition);
            }
            _open.Add(record, eventTimeTicks);
            Volatile.Write(ref _lastLsn, _lastLsn + 1);
            return _lastLsn;
        }
    }

    /// <summary>Completes when the record and all before it are durable.</summary>
    /// <param name="lsn">At most <see cref="LastLsn"/>.</param>
    /// <exception cref="PartitionFencedException">It never will be: the partition has a new owner.</exception>
    /// <exception cref="LogUnavailableException">The store could not tell; see there.</exception>
    public ValueTask DurableAsync(long lsn)
    {
        if (lsn <= Volatile.Read(ref _durableLsn))
        {
            return default;
        }
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(lsn, _lastLsn);
            if (lsn <= _durableLsn)
            {
                return default;
            }
            if (_failure is not null)
            {
                return ValueTask.FromException(_failure);
            }
            var buffer = _flying is not null && lsn <= _flying.LastLsn ? _flying : _open;
            return new(buffer.Completed);
        }
    }

    /// <summary>Refuses further records and waits until those appended are durable, for an orderly handover.</summary>
    /// <exception cref="PartitionFencedException">The partition has a new owner already.</exception>
    /// <exception cref="LogUnavailableException">The store could not tell; see there.</exception>
    public ValueTask CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
        }
        return DurableAsync(LastLsn);
    }

    /// <summary>Takes the open batch for writing; null when there is nothing to write.</summary>
    internal SegmentBuffer? Seal()
    {
        lock (_gate)
        {
            if (_failure is not null || _open.Count == 0)
            {
                return null;
            }
            _flying = _open;
            _open = _spare ?? new();
            _spare = null;
            _open.Start(_flying.LastLsn + 1);
            return _flying;
        }
    }

    internal void Complete()
    {
        TaskCompletionSource? waiters;
        lock (_gate)
        {
            var written = _flying!;
            Volatile.Write(ref _durableLsn, written.LastLsn);
            waiters = written.TakeCompletion();
            _writer.Release(written.WaitingBytes);
            written.Recycle();
            _spare = written;
            _flying = null;
        }
        waiters?.SetResult();
    }

    /// <remarks>The buffers are left to the garbage collector: the store may still hold on to their memory.</remarks>
    internal void Fail(LogException failure)
    {
        TaskCompletionSource? flyingWaiters;
        TaskCompletionSource? openWaiters;
        lock (_gate)
        {
            if (_failure is not null)
            {
                return;
            }
            _failure = failure;
            _writer.Release((_flying?.WaitingBytes ?? 0) + _open.WaitingBytes);
            flyingWaiters = _flying?.TakeCompletion();
            openWaiters = _open.TakeCompletion();
            _flying = null;
            _spare = null;
            _open = new();
        }
        flyingWaiters?.SetException(failure);
        openWaiters?.SetException(failure);
        if (_onFailed is not null)
        {
            // Not on the writer's own path: the owner may do much here.
            _ = Task.Factory.StartNew(
                () => _onFailed(failure), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _writer.Scheduler);
        }
    }
}
