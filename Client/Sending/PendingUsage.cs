using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Sending;

/// <summary>An event that is enqueued and not acknowledged.</summary>
internal sealed class PendingUsage(DeviceUsage usage, UsageEvent message, TaskCompletionSource<UsageResult>? answer)
{
    /// <summary>As the caller gave it.</summary>
    public DeviceUsage Usage => usage;

    /// <summary>As it is sent, the same each time.</summary>
    public UsageEvent Message => message;

    /// <summary>Bytes that it takes in a batch, about.</summary>
    public int Bytes { get; } = message.CalculateSize() + 8;

    /// <summary>Who waits for its answer; null when nobody does.</summary>
    public TaskCompletionSource<UsageResult>? Answer => answer;
}
