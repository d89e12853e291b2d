using Grpc.Core;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client;

/// <summary>How a <see cref="UsageReporter"/> works.</summary>
public sealed record UsageReporterOptions
{
    /// <summary>The most events that the server takes in a batch.</summary>
    public const int MostBatchEvents = 10_000;

    /// <summary>
    /// Called for each event that is not on a bill: rejected, in conflict with another of its id, or quarantined until somebody fixes the
    /// reason. It must not block; if it throws, reporting ends, and the event's batch counts as not acknowledged.
    /// </summary>
    public required Action<DeviceUsage, UsageResult> NotBilled { get; init; }

    /// <summary>Called before each pause after a failure that may pass, with the failure and the pause.</summary>
    public Action<RpcException, TimeSpan>? Retrying { get; init; }

    /// <summary>Events in a batch, at most: 1 to 10,000.</summary>
    public int MaxBatchEvents { get; init; } = 1000;

    /// <summary>How long an event waits for others to share its batch, at most.</summary>
    public TimeSpan MaxBatchDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Events enqueued and not acknowledged, at most: beyond it, enqueueing waits.</summary>
    public int MaxPending { get; init; } = 50_000;

    /// <summary>A stream on which batches wait for their answers this long without any coming is given up for a new one.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause after a failure; each further one is twice as long, less a random part of up to one half.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="UsageReporter.DisposeAsync"/> waits for acknowledgements.</summary>
    public TimeSpan DisposeWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether batches are sent gzip-compressed: some tenth of the bytes, for more processor time.</summary>
    public bool Gzip { get; init; }

    /// <summary>Measures all delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(NotBilled);
        ArgumentNullException.ThrowIfNull(Time);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchEvents, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBatchEvents, MostBatchEvents);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPending, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxBatchDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AnswerWithin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstRetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryDelay, FirstRetryDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(DisposeWithin, TimeSpan.Zero);
    }
}
