using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>
/// Reads a file row by row, forwards, in bounded memory: delimited text or one JSON object a line, plain or gzip.
/// </summary>
public sealed class SourceFile : IDisposable
{
    /// <summary>
    /// A quoted cell may run over this many lines; beyond it the quote counts as a mistake of its first line.
    /// </summary>
    public const int MaxLinesOfARow = 50;

    /// <summary>Longest line in characters; a longer one is not a row.</summary>
    public const int MaxLineLength = 4_000_000;

    private static readonly char[] Separators = ['\t', ';', ',', '|'];
    private readonly FileStream _file;
    private readonly StreamReader _reader;
    private readonly Queue<string> _ahead = new();
    private readonly SourceRow _row = new();
    private readonly LineSplitter? _splitter;
    private JsonDocument? _document;
    private long _line;

    private SourceFile(string path, SourceFormat format)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16,
            FileOptions.SequentialScan);
        Stream bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(_file, CompressionMode.Decompress)
            : _file;
        _reader = new StreamReader(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        if (format.IsJson)
        {
            Columns = ColumnIndex.Json;
            return;
        }

        var separator = format.Separator ?? Guess();
        _splitter = new LineSplitter(separator);
        Columns = ReadHeader(format);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Its columns.</summary>
    public ColumnIndex Columns { get; }

    /// <summary>Bytes of the file, compressed or not.</summary>
    public long Length => _file.Length;

    /// <summary>Bytes of the file read so far.</summary>
    public long Position => _file.Position;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UsageException">Its columns are not known.</exception>
    public static SourceFile Open(string path, SourceFormat format) => new(path, format);

    /// <summary>The next row, or null at the end. Blank lines are no rows. The row is reused.</summary>
    public SourceRow? Read()
    {
        string? line;
        do
        {
            line = NextLine();
        }
        while (line is { Length: 0 });

        if (line is null)
        {
            return null;
        }

        _row.Line = _line;
        _row.Raw = line;
        _row.Broken = line.Length > MaxLineLength ? "row.too_long" : null;
        if (_row.Broken is null)
        {
            TakeApart(line);
        }

        return _row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _document?.Dispose();
        _reader.Dispose();
        _file.Dispose();
    }

    private void TakeApart(string line)
    {
        if (_splitter is null)
        {
            ParseJson(line);
        }
        else if (!_splitter.Split(line, _row.MutableCells) && !JoinLines(line))
        {
            _row.Broken = "row.unclosed_quote";
        }
    }

    private void ParseJson(string line)
    {
        _document?.Dispose();
        _document = null;
        try
        {
            _document = JsonDocument.Parse(line);
            _row.Json = _document.RootElement;
            _row.Broken = _row.Json.ValueKind == JsonValueKind.Object ? null : "row.not_an_object";
        }
        catch (JsonException)
        {
            _row.Broken = "row.not_json";
        }
    }

    /// <summary>A quoted cell with line breaks in it; the lines are given back when the quote never closes.</summary>
    private bool JoinLines(string first)
    {
        var taken = new List<string>();
        var joined = new StringBuilder(first);
        while (taken.Count < MaxLinesOfARow && NextLine() is { } next)
        {
            taken.Add(next);
            joined.Append('\n').Append(next);
            if (_splitter!.Split(joined.ToString(), _row.MutableCells))
            {
                _row.Raw = joined.ToString();
                return true;
            }
        }

        GiveBack(taken);
        return false;
    }

    private void GiveBack(List<string> lines)
    {
        var later = _ahead.ToList();
        _ahead.Clear();
        lines.ForEach(_ahead.Enqueue);
        later.ForEach(_ahead.Enqueue);
        _line -= lines.Count;
    }

    private string? NextLine()
    {
        var line = _ahead.Count > 0 ? _ahead.Dequeue() : _reader.ReadLine();
        if (line is not null)
        {
            _line++;
        }

        return line;
    }

    private string? Peek()
    {
        if (_ahead.Count == 0 && _reader.ReadLine() is { } line)
        {
            _ahead.Enqueue(line);
        }

        return _ahead.TryPeek(out var first) ? first : null;
    }

    private char Guess()
    {
        var line = Peek() ?? "";
        return Separators.Where(line.Contains).DefaultIfEmpty(' ').First();
    }

    private ColumnIndex ReadHeader(SourceFormat format)
    {
        var first = new List<string>();
        _splitter!.Split((Peek() ?? "").TrimEnd('\r'), first);
        var hasHeader = format.Header ?? !first.Any(SourceFormat.LooksLikeData);
        if (hasHeader && Peek() is not null)
        {
            NextLine();
        }

        return format.Columns is { } named ? ColumnIndex.Of(named)
            : hasHeader ? ColumnIndex.Of(first)
            : throw new UsageException($"{Path} has no header line; list its columns in the map (\"columns\").");
    }
}
