using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>
/// How far the server acknowledged, kept beside the input while an import is unfinished. It may be behind (ids are
/// stable, repeats are duplicates) but never ahead, and it is bound to the server, the key, the map and the files.
/// </summary>
internal sealed class ImportState(string path, string fingerprint)
{
    private sealed record Saved(string Fingerprint, long Acknowledged);

    /// <summary>Events acknowledged by an earlier run over the very same input; 0 for none.</summary>
    public long Load()
    {
        try
        {
            var saved = JsonSerializer.Deserialize<Saved>(File.ReadAllText(path));
            return saved?.Fingerprint == fingerprint ? Math.Max(0, saved.Acknowledged) : 0;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Remembers; a crash leaves the old file or the new one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(long acknowledged)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new Saved(fingerprint, acknowledged));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Forgets: the import is complete.</summary>
    public void Delete() => File.Delete(path);

    /// <summary>What the state is bound to.</summary>
    public static string Fingerprint(Uri url, string key, ImportOptions options)
    {
        var text = new StringBuilder().Append(url).Append('\n').Append(key).Append('\n').Append(options.Sort).Append(
            '\n')
            .Append(JsonSerializer.Serialize(options.Map)).Append('\n');
        foreach (var file in options.Files.Select(file => new FileInfo(file)))
        {
            text.Append(file.FullName).Append('\n').Append(file.Length).Append('\n').Append(file.LastWriteTimeUtc.Ticks)
                .Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
