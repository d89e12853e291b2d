using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>
/// Reads a file row by row, forwards, in bounded memory: delimited text or one JSON object a line, plain or gzip.
/// </summary>
public sealed class SourceFile : IDisposable
{
    /// <summary>Longest line in characters; a longer one is not a row.</summary>
    public const int MaxLineLength = 4_000_000;

    private static readonly char[] Separators = ['\t', ';', ',', '|'];
    private readonly FileStream _file;
    private readonly StreamReader _reader;
    private readonly LineReader _lines;
    private readonly SourceRow _row = new();
    private readonly RowReader? _rows;
    private JsonDocument? _document;

    private SourceFile(string path, SourceFormat format)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16,
            FileOptions.SequentialScan);
        Stream bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(_file, CompressionMode.Decompress)
            : _file;
        _reader = new StreamReader(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        _lines = new(_reader);
        if (format.IsJson)
        {
            Columns = ColumnIndex.Json;
            return;
        }

        var splitter = new LineSplitter(format.Separator ?? Guess());
        _rows = new(_lines, splitter);
        Columns = ReadHeader(format, splitter);
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
            line = _lines.Next();
        }
        while (line is { Length: 0 });

        if (line is null)
        {
            return null;
        }

        _row.Line = _lines.Line;
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
        if (_rows is null)
        {
            ParseJson(line);
            return;
        }

        _row.Broken = _rows.TryRead(line, _row.MutableCells, out var row) ? null : "row.unclosed_quote";
        _row.Raw = row;
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

    private char Guess()
    {
        var line = _lines.Peek() ?? "";
        return Separators.Where(line.Contains).DefaultIfEmpty(' ').First();
    }

    private ColumnIndex ReadHeader(SourceFormat format, LineSplitter splitter)
    {
        var first = new List<string>();
        splitter.Split((_lines.Peek() ?? "").TrimEnd('\r'), first);
        var hasHeader = format.Header ?? !first.Any(SourceFormat.LooksLikeData);
        if (hasHeader && _lines.Peek() is not null)
        {
            _lines.Next();
        }

        return format.Columns is { } named ? ColumnIndex.Of(named)
            : hasHeader ? ColumnIndex.Of(first)
            : throw new UsageException($"{Path} has no header line; list its columns in the map (\"columns\").");
    }
}
