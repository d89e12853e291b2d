using System.IO.Compression;
using System.Text;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>A reader of its own for the oracle, so that it shares no mistake with the importer.</summary>
internal static class PlainCsv
{
    /// <summary>Records of a file with a header, by column name.</summary>
    public static IEnumerable<Func<string, string>> Named(string path, char separator = ',')
    {
        Dictionary<string, int>? columns = null;
        foreach (var cells in Cells(path, separator))
        {
            if (columns is null)
            {
                columns = [];
                for (var i = 0; i < cells.Count; i++)
                {
                    columns.TryAdd(cells[i], i);
                }

                continue;
            }

            var index = columns;
            yield return name => index.TryGetValue(name, out var at) && at < cells.Count ? cells[at] : "";
        }
    }

    /// <summary>Records of a file, cell by cell, character by character.</summary>
    public static IEnumerable<List<string>> Cells(string path, char separator)
    {
        using var reader = Open(path);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        int next;
        while ((next = reader.Read()) >= 0)
        {
            var c = (char)next;
            if (quoted)
            {
                if (c == '"' && reader.Peek() == '"')
                {
                    cell.Append((char)reader.Read());
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(c);
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                yield return cells;
                cells = [];
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(cell.ToString());
            yield return cells;
        }
    }

    /// <summary>Lines of a file.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = Open(path);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static StreamReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
