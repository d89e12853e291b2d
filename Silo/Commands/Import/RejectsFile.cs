namespace OrleansBilling.Silo.Commands.Import;

/// <summary>
/// Rows that could not be used: file, line, reason and the row as it stands. Created with the first of them.
/// </summary>
internal sealed class RejectsFile(string? path, bool append) : IDisposable
{
    private readonly Lock _gate = new();
    private StreamWriter? _writer;

    /// <summary>Removes what an earlier run left, so that no file means no rejects.</summary>
    public void Begin()
    {
        if (path is not null && !append)
        {
            File.Delete(path);
        }
    }

    /// <summary>Rows written.</summary>
    public long Count { get; private set; }

    public void Add(string file, long line, string reason, string raw)
    {
        if (path is null)
        {
            return;
        }

        lock (_gate)
        {
            _writer ??= Open(path);
            _writer.Write($"{Quoted(Path.GetFileName(file))},{line},{Quoted(reason)},{Quoted(raw)}\n");
            Count++;
        }
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open(string target)
    {
        var isNew = !append || !File.Exists(target);

        // Each line is handed to the system at once: a reject must not vanish with a killed importer.
        var writer = new StreamWriter(target, append) { AutoFlush = true };
        if (isNew)
        {
            writer.Write("file,line,reason,row\n");
        }

        return writer;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
