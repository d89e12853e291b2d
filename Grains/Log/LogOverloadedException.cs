namespace OrleansBilling.Grains.Log;

/// <summary>Too many bytes wait for the disk; nothing was appended. The caller may retry in a moment.</summary>
public sealed class LogOverloadedException(long waitingBytes, long limitBytes)
    : LogException($"{waitingBytes} bytes wait to be written, of at most {limitBytes}.")
{
    /// <summary>Bytes waiting when the record was refused.</summary>
    public long WaitingBytes { get; } = waitingBytes;
}
