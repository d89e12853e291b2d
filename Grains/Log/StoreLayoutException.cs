namespace OrleansBilling.Grains.Log;

/// <summary>The store is sound, but not one which this program, so configured, may open.</summary>
public sealed class StoreLayoutException(string message) : LogException(message);
