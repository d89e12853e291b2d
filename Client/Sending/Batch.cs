using System.Globalization;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Sending;

/// <summary>Events that are sent and acknowledged together, under the same id however often that takes.</summary>
internal sealed class Batch(long number, int maxEvents)
{
    /// <summary>A quarter of what the server takes in a message. A single event above it cannot be enqueued.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private int _bytes;

    /// <summary>Its events, in the order they were enqueued.</summary>
    public List<PendingUsage> Events { get; } = [];

    /// <summary>What is sent.</summary>
    public ReportRequest Request { get; } = new() { BatchId = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Whether no further event has a place.</summary>
    public bool IsFull => Events.Count >= maxEvents;

    /// <summary>Adds an event; false when it has no place.</summary>
    public bool TryAdd(PendingUsage usage)
    {
        if (IsFull || _bytes + usage.Bytes > MaxBytes)
        {
            return false;
        }
        _bytes += usage.Bytes;
        Events.Add(usage);
        Request.Events.Add(usage.Message);
        return true;
    }

    /// <summary>Whether the answer is to this batch, event by event.</summary>
    public bool IsAnsweredBy(ReportResponse response) => response.BatchId == Request.BatchId && response.Results.Count == Events.Count;
}
