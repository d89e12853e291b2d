using System.Threading.Channels;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Sending;

/// <summary>
/// Everything that is enqueued and not acknowledged, in order and bounded. Acknowledgements come in the order of enqueueing, because
/// batches are made, sent and answered in that order.
/// </summary>
internal sealed class PendingQueue(int bound) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingUsage> _pending = new();
    private readonly Queue<(long UpTo, TaskCompletionSource Done)> _flushes = new();
    private readonly Channel<PendingUsage?> _unbatched = Channel.CreateUnbounded<PendingUsage?>(new() { SingleReader = true });
    private readonly SemaphoreSlim _room = new(bound);
    private readonly CancellationTokenSource _over = new();
    private long _enqueued;
    private long _acknowledged;
    private bool _isClosed;
    private Func<UsageReportingException>? _failure;

    /// <summary>Events that are in no batch yet; null asks for a batch at once.</summary>
    public ChannelReader<PendingUsage?> Unbatched => _unbatched.Reader;

    /// <summary>How many events are not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Whether some call has thrown the failure, so that the caller has the events.</summary>
    public bool FailureIsTold { get; private set; }

    /// <summary>Events that are not acknowledged, in order.</summary>
    public IReadOnlyList<DeviceUsage> Unacknowledged()
    {
        lock (_gate)
        {
            return [.. _pending.Select(pending => pending.Usage)];
        }
    }

    /// <summary>Takes an event, as soon as there is room.</summary>
    public async ValueTask AddAsync(PendingUsage usage, CancellationToken cancel)
    {
        await TakeRoomAsync(cancel);
        lock (_gate)
        {
            ThrowIfOver();
            _pending.Enqueue(usage);
            _enqueued++;
            _unbatched.Writer.TryWrite(usage);
        }
    }

    /// <summary>Completes when all that is enqueued now is acknowledged.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                ThrowIfOver();
            }
            if (_pending.Count == 0)
            {
                return Task.CompletedTask;
            }
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Enqueue((_enqueued, done));
            _unbatched.Writer.TryWrite(null);
            return done.Task;
        }
    }

    /// <summary>The oldest events are acknowledged, with these answers.</summary>
    public void Acknowledge(IReadOnlyList<UsageResult> results)
    {
        lock (_gate)
        {
            foreach (var result in results)
            {
                _pending.Dequeue().Answer?.TrySetResult(result);
            }
            _acknowledged += results.Count;
            while (_flushes.TryPeek(out var flush) && flush.UpTo <= _acknowledged)
            {
                _flushes.Dequeue().Done.TrySetResult();
            }
        }
        _room.Release(results.Count);
    }

    /// <summary>Takes no more; what is there still goes out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _unbatched.Writer.TryComplete();
        }
        _over.Cancel();
    }

    /// <summary>Nothing goes out any more: tells all who wait.</summary>
    public void Fail(string message, Exception? cause)
    {
        lock (_gate)
        {
            var unacknowledged = Unacknowledged();
            UsageReportingException Failure() => new(message, unacknowledged, cause);
            _failure = Failure;
            foreach (var answer in _pending.Select(pending => pending.Answer).OfType<TaskCompletionSource<UsageResult>>())
            {
                FailureIsTold |= answer.TrySetException(Failure());
            }
            while (_flushes.TryDequeue(out var flush))
            {
                FailureIsTold |= flush.Done.TrySetException(Failure());
            }
        }
        Close();
    }

    public void Dispose()
    {
        _room.Dispose();
        _over.Dispose();
    }

    private async ValueTask TakeRoomAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_room.Wait(0, CancellationToken.None))
        {
            return;
        }
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _over.Token);
            await _room.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            ThrowIfOver();
        }
    }

    private void ThrowIfOver()
    {
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                FailureIsTold = true;
                throw failure();
            }
            ObjectDisposedException.ThrowIf(_isClosed, typeof(UsageReporter));
        }
    }
}
