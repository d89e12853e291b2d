namespace OrleansBilling.Contracts.Partitions;

/// <summary>
/// The partition cannot answer now: its storage is away, full or overloaded, or it is moving. Nothing that was not
/// acknowledged is known to be kept; the same request may be sent again with the same ids.
/// </summary>
[GenerateSerializer, Alias("billing.partition-unavailable")]
public sealed class PartitionUnavailableException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    public PartitionUnavailableException(string message) : base(message)
    {
    }

    /// <summary>For deserialization.</summary>
    public PartitionUnavailableException()
    {
    }
}
