using System.Diagnostics;
using Confluent.Kafka;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>
/// One membership in the consumer group: polls Kafka, hands messages to the lanes of their partitions and commits what is durable. All
/// of it in the one thread that calls <see cref="Run"/>; only the lanes work beside it.
/// </summary>
internal sealed partial class ConsumerSession : IDisposable
{
    /// <summary>How long a batch under way may take to finish when its partition goes to another process.</summary>
    public static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CommitEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a full lane is waited for before its partition is paused: pausing throws away what was read ahead.</summary>
    private static readonly TimeSpan PauseAfter = TimeSpan.FromMilliseconds(250);

    private readonly KafkaSettings _settings;
    private readonly LaneSet _lanes;
    private readonly MessageTaker _taker;
    private readonly LaneHost _host;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly ManualResetEventSlim _progress = new();
    private long _committedAt;

    /// <summary>Prepares a consumer that is in no group yet.</summary>
    public ConsumerSession(
        KafkaSettings settings, KafkaClients clients, LaneSet lanes, MessageTaker taker, KafkaMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_settings, _lanes, _taker) = (settings, lanes, taker);
        _host = new(metrics, time, _progress, logger);
        _consumer = clients.CreateConsumer(Assign, partitions => Revoke(partitions, commit: true), partitions => Revoke(partitions, commit: false));
    }

    /// <summary>Joins the group and works until it is told to stop; then finishes what is under way, commits and leaves.</summary>
    /// <exception cref="KafkaException">The client has failed for good; a new one is needed.</exception>
    public void Run(CancellationToken stop)
    {
        _consumer.Subscribe(_settings.Topics.Select(topic => topic.Name));
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Poll();
                ResumeEmpty();
                if (_host.Time.GetElapsedTime(_committedAt) >= CommitEvery)
                {
                    Commit(_lanes.All);
                    ObserveEnds();
                    _committedAt = _host.Time.GetTimestamp();
                }
            }
        }
        finally
        {
            _consumer.Close();
            Revoke([.. _lanes.All.Select(lane => new TopicPartitionOffset(lane.Partition, Offset.Unset))], commit: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _consumer.Dispose();
        _progress.Dispose();
    }

    private void Poll()
    {
        try
        {
            if (_consumer.Consume(PollFor) is { } message && _lanes.Find(message.TopicPartition) is { } lane)
            {
                lane.Add(message);
                MakeRoom(lane);
            }
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            _host.Metrics.Failed(e.Error.Code.ToString());
            NotRead(_host.Logger, e.Error.Reason);
        }
    }

    private void MakeRoom(PartitionLane lane)
    {
        var started = Stopwatch.GetTimestamp();
        while (lane.IsFull(_lanes.BytesEach))
        {
            _progress.Reset();
            var left = PauseAfter - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                _consumer.Pause([lane.Partition]);
                lane.IsPaused = true;
                return;
            }
            if (lane.IsFull(_lanes.BytesEach))
            {
                _progress.Wait(left);
            }
        }
    }

    private void ResumeEmpty()
    {
        foreach (var lane in _lanes.All)
        {
            if (lane.IsPaused && lane.IsEmpty)
            {
                Resume(lane);
            }
        }
    }

    private void Resume(PartitionLane lane)
    {
        _consumer.Resume([lane.Partition]);
        lane.IsPaused = false;
    }

    private void Commit(IEnumerable<PartitionLane> lanes)
    {
        var due = lanes.Select(lane => (Lane: lane, lane.Durable)).Where(pair => pair.Durable > pair.Lane.Committed).ToList();
        if (due.Count == 0)
        {
            return;
        }
        try
        {
            _consumer.Commit(due.Select(pair => new TopicPartitionOffset(pair.Lane.Partition, pair.Durable)));
            due.ForEach(pair => pair.Lane.Committed = pair.Durable);
        }
        catch (KafkaException e)
        {
            _host.Metrics.CommitFailed();
            NotCommitted(_host.Logger, e.Error.Reason);
        }
    }

    private void ObserveEnds()
    {
        foreach (var lane in _lanes.All)
        {
            lane.Observe(_consumer.GetWatermarkOffsets(lane.Partition).High);
        }
    }

    private void Assign(List<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _lanes.Add(new(partition, _taker, new(_settings), _host));
        }
        Assigned(_host.Logger, Describe(partitions));
    }

    /// <summary>What is durable is committed, everything else is dropped: the next owner begins there.</summary>
    private void Revoke(List<TopicPartitionOffset> partitions, bool commit)
    {
        var lanes = _lanes.Take(partitions.Select(partition => partition.TopicPartition));
        if (lanes.Count == 0)
        {
            return;
        }
        var work = lanes.Select(lane => lane.FinishAsync()).ToArray();
        if (!Task.WaitAll(work, FinishWithin))
        {
            lanes.ForEach(lane => lane.Abandon());
            Task.WaitAll(work);
        }
        if (commit)
        {
            Commit(lanes);
            // A pause would outlast the assignment.
            lanes.Where(lane => lane.IsPaused).ToList().ForEach(Resume);
        }
        lanes.ForEach(lane => lane.Dispose());
        Revoked(_host.Logger, Describe(lanes.Select(lane => lane.Partition)));
    }

    private static string Describe(IEnumerable<TopicPartition> partitions) =>
        string.Join(", ", partitions.Select(partition => $"{partition.Topic}/{partition.Partition.Value}"));

    [LoggerMessage(LogLevel.Warning, "Kafka delivered an error instead of a message: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Offsets could not be committed and are committed later: {Reason}")]
    private static partial void NotCommitted(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Reading from Kafka: {Partitions}")]
    private static partial void Assigned(ILogger logger, string partitions);

    [LoggerMessage(LogLevel.Information, "No longer reading from Kafka: {Partitions}")]
    private static partial void Revoked(ILogger logger, string partitions);
}
