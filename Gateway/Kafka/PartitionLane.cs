using System.Threading.Channels;
using Confluent.Kafka;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>
/// One partition of a topic, from being assigned to being revoked: its messages wait here and are taken in batches, in their order. What
/// cannot be taken is tried again until it can, so that all before <see cref="Durable"/> is durable and nothing is passed over.
/// </summary>
internal sealed partial class PartitionLane : IDisposable
{
    private const int MaxBatchMessages = 2_000;
    private const int MaxBatchBytes = 2 * 1024 * 1024;
    private const int MaxMessages = 3 * MaxBatchMessages;

    /// <summary>What a message costs beside its bytes.</summary>
    private const int Overhead = 256;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private const int MostDoublings = 6;

    private readonly TopicPartition _partition;
    private readonly MessageTaker _taker;
    private readonly MessageReader _reader;
    private readonly LaneHost _host;
    private readonly Channel<ConsumeResult<byte[]?, byte[]?>> _waiting =
        Channel.CreateUnbounded<ConsumeResult<byte[]?, byte[]?>>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Task _work;
    private int _messages;
    private long _bytes;
    private long _durable = Offset.Unset;
    private long _highest = Offset.Unset;
    private long _next = Offset.Unset;

    /// <summary>Begins to wait for messages.</summary>
    public PartitionLane(TopicPartition partition, MessageTaker taker, MessageReader reader, LaneHost host)
    {
        (_partition, _taker, _reader, _host) = (partition, taker, reader, host);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Topic and number.</summary>
    public TopicPartition Partition => _partition;

    /// <summary>The first offset that is not durable; <see cref="Offset.Unset"/> before the first message.</summary>
    public long Durable => Interlocked.Read(ref _durable);

    /// <summary>The offset that was committed last; the poll thread's.</summary>
    public long Committed { get; set; } = Offset.Unset;

    /// <summary>Whether Kafka was told to deliver no more for now; the poll thread's.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether nothing waits or is under way.</summary>
    public bool IsEmpty => Volatile.Read(ref _messages) == 0;

    /// <summary>Messages that are in the topic and not durable here; null before the first one.</summary>
    public long? Lag => Durable is >= 0 and var durable && Interlocked.Read(ref _highest) is >= 0 and var highest
        ? Math.Max(0, highest - durable)
        : null;

    /// <summary>Whether it holds as much as it may.</summary>
    public bool IsFull(long maxBytes) => Volatile.Read(ref _messages) >= MaxMessages || Interlocked.Read(ref _bytes) >= maxBytes;

    /// <summary>Takes a message in; only from the poll thread. One that was delivered before is passed over.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (message.Offset.Value < _next)
        {
            return;
        }
        if (_next == Offset.Unset)
        {
            Committed = message.Offset.Value;
            Interlocked.Exchange(ref _durable, message.Offset.Value);
        }
        _next = message.Offset.Value + 1;
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _bytes, SizeOf(message));
        _waiting.Writer.TryWrite(message);
    }

    /// <summary>The end of the partition in Kafka, as it was last told.</summary>
    public void Observe(long highest) => Interlocked.Exchange(ref _highest, highest);

    /// <summary>Takes no further batch; one under way is finished.</summary>
    public Task FinishAsync()
    {
        _leaving.Cancel();
        return _work;
    }

    /// <summary>Waits no longer for the batch under way: it may become durable, and is not known to.</summary>
    public void Abandon() => _abandoned.Cancel();

    /// <summary>Call it when the work has ended.</summary>
    public void Dispose()
    {
        _leaving.Dispose();
        _abandoned.Dispose();
    }

    private async Task WorkAsync()
    {
        var batch = new List<ConsumeResult<byte[]?, byte[]?>>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_leaving.Token))
            {
                var bytes = Fill(batch);
                await TakeAsync(batch);
                Interlocked.Exchange(ref _durable, batch[^1].Offset.Value + 1);
                Interlocked.Add(ref _messages, -batch.Count);
                Interlocked.Add(ref _bytes, -bytes);
                _host.Metrics.Done(_partition.Topic, batch.Count);
                _host.Progress.Set();
                _leaving.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Revoked: whoever gets the partition begins at what was committed.
        }
    }

    private long Fill(List<ConsumeResult<byte[]?, byte[]?>> batch)
    {
        batch.Clear();
        var bytes = 0L;
        while (batch.Count < MaxBatchMessages && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var message))
        {
            batch.Add(message);
            bytes += SizeOf(message);
        }
        return bytes;
    }

    private async Task TakeAsync(List<ConsumeResult<byte[]?, byte[]?>> batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _taker.TakeAsync(batch, _reader, _abandoned.Token);
                return;
            }
            catch (Exception e)
            {
                _leaving.Token.ThrowIfCancellationRequested();
                _host.Metrics.Retried(_partition.Topic);
                Tell(e, attempt, batch);
            }
            await Task.Delay(FirstPause * (1 << Math.Min(attempt, MostDoublings)), _host.Time, _leaving.Token);
        }
    }

    /// <summary>The first failure and every tenth one; what passes by itself needs no stack trace.</summary>
    private void Tell(Exception e, int attempt, List<ConsumeResult<byte[]?, byte[]?>> batch)
    {
        if (attempt % 10 == 0)
        {
            var passing = UsageUnavailable.Is(e) || e is KafkaException;
            NotTaken(_host.Logger, passing ? LogLevel.Warning : LogLevel.Error, passing ? null : e,
                batch.Count, _partition.Topic, _partition.Partition.Value, batch[0].Offset.Value, e.Message);
        }
    }

    private static long SizeOf(ConsumeResult<byte[]?, byte[]?> message) =>
        Overhead + (message.Message.Value?.Length ?? 0) + (message.Message.Key?.Length ?? 0);

    [LoggerMessage("{Count} messages of {Topic}/{Partition} from offset {Offset} cannot be taken now and are tried again: {Reason}")]
    private static partial void NotTaken(
        ILogger logger, LogLevel level, Exception? error, int count, string topic, int partition, long offset, string reason);
}
