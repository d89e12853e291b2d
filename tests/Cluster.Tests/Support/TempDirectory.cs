namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>A directory that is gone afterwards.</summary>
internal sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Path = Directory.CreateTempSubdirectory("orleansbilling-").FullName;

    public string Path { get; }

    /// <summary>Writes a text file and answers where it is.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still hold a file; the system clears its temporary directory.
        }
    }
}
