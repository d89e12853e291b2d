namespace OrleansBilling.Storage.Tests;

/// <summary>A directory of its own for one test, removed with it.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => FullName = Directory.CreateTempSubdirectory("billing-log-").FullName;

    public string FullName { get; }

    public string this[string name] => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
