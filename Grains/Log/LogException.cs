namespace OrleansBilling.Grains.Log;

/// <summary>Base of what the partition log throws when the caller's arguments are not to blame.</summary>
public abstract class LogException : Exception
{
    private protected LogException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
