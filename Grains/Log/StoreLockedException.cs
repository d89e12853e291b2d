namespace OrleansBilling.Grains.Log;

/// <summary>Another process, or another store of this one, has the data open.</summary>
public sealed class StoreLockedException(string path, Exception? inner = null)
    : LogException($"'{path}' is in use by another process; a data directory belongs to one silo at a time.", inner);
