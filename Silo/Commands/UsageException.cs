namespace OrleansBilling.Silo.Commands;

/// <summary>The command line, a map or a scenario cannot be used as it is; the message says what to change.</summary>
public sealed class UsageException : Exception
{
    /// <summary>With what to change.</summary>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <summary>With what to change and why.</summary>
    public UsageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without a message.</summary>
    public UsageException()
    {
    }
}
