namespace OrleansBilling.Grains.Log;

/// <summary>The handle takes no more records: it was closed, or it failed, or its writer was disposed.</summary>
public sealed class LogClosedException(int partition, Exception? inner = null)
    : LogException($"The log of partition {partition} takes no more records from this handle.", inner)
{
    /// <summary>From 0.</summary>
    public int Partition { get; } = partition;
}
