using System.Text.Json;

namespace OrleansBilling.Cluster.Tests.Chaos.Journals;

/// <summary>Appends to the journal, a line of JSON an entry. Several clients write at once.</summary>
internal sealed class JournalWriter(string path, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
    private long _batches;

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <summary>A number for the next batch.</summary>
    public long NextBatch() => Interlocked.Increment(ref _batches);

    public void Write(JournalEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry with { At = time.GetUtcNow() }, Journal.Json);
        lock (_gate)
        {
            _file.Write(line);
            _file.WriteByte((byte)'\n');
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();
}
