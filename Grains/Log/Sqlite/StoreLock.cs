namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>
/// Keeps other processes away from a data file by an exclusively opened file beside it. The operating system releases
/// it when the process ends, however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StoreLockedException">Somebody else has it.</exception>
    public static StoreLock Take(string dataPath)
    {
        try
        {
            return new(new FileStream(dataPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new StoreLockedException(dataPath, error);
        }
    }

    /// <remarks>The file stays: removing it would let two processes lock two files of the same name.</remarks>
    public void Dispose() => _file.Dispose();
}
