namespace OrleansBilling.Grains.Log;

/// <summary>Stored bytes are not what was written. Nothing of the damaged part was returned.</summary>
public sealed class LogCorruptException : LogException
{
    /// <summary>Damage to a known part of one partition.</summary>
    /// <param name="partition">From 0.</param>
    /// <param name="firstLsn">First record that may be affected.</param>
    /// <param name="lastLsn">Last record that may be affected.</param>
    /// <param name="problem">What is wrong, as a clause.</param>
    /// <param name="inner">The database's own words, if any.</param>
    public LogCorruptException(int partition, long firstLsn, long lastLsn, string problem, Exception? inner = null)
        : base($"The log of partition {partition} is damaged at LSN {firstLsn} to {lastLsn}: {problem}.", inner)
    {
        Partition = partition;
        FirstLsn = firstLsn;
        LastLsn = lastLsn;
    }

    /// <summary>Damage to the store as a whole.</summary>
    public LogCorruptException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The damaged partition; null when the store as a whole is.</summary>
    public int? Partition { get; }

    /// <summary>First LSN that may be affected; 0 when unknown.</summary>
    public long FirstLsn { get; }

    /// <summary>Last LSN that may be affected; 0 when unknown.</summary>
    public long LastLsn { get; }
}
