namespace OrleansBilling.Grains.Log;

/// <summary>The store could not do what it was asked, for example because its disk is full.</summary>
public sealed class StoreFailedException(string message, Exception inner) : LogException(message, inner)
{
    /// <summary>Whether it is likely to pass by itself soon, as a database that restarts: worth trying again.</summary>
    public bool Transient { get; init; }
}
