namespace OrleansBilling.Grains.Log;

/// <summary>
/// The store could not say that records are durable. They may or may not be: the owner drops the partition's memory,
/// takes a new epoch and replays; callers retry with the same ids.
/// </summary>
public sealed class LogUnavailableException(int partition, string problem, Exception? inner = null)
    : LogException($"The log of partition {partition} is unavailable: {problem}", inner)
{
    /// <summary>From 0.</summary>
    public int Partition { get; } = partition;
}
