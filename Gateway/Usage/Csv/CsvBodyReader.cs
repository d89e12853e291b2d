using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Usage.Csv;

/// <summary>
/// Reads usage from CSV (RFC 4180), row by row. Each row is made the compact JSON event that it stands for and read as such, so that both
/// have the same rules. A quote that does not close refuses the whole body: what follows it could be anything.
/// </summary>
internal sealed class CsvBodyReader : IDisposable
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/csv";

    /// <summary>Characters of a line. An event of the longest ids and the most dimensions has some 6,000.</summary>
    private const int MaxLineLength = 64 * 1024;

    private readonly IntakeBatch _into;
    private readonly StreamReader _text;
    private readonly LineReader _lines;
    private readonly LineSplitter _splitter = new(',');
    private readonly RowReader _rows;
    private readonly List<string> _cells = [];
    private readonly ArrayBufferWriter<byte> _event = new(1024);
    private readonly Utf8JsonWriter _json;

    private CsvBodyReader(ReadOnlyMemory<byte> body, IntakeBatch into)
    {
        _into = into;
        MemoryMarshal.TryGetArray(body, out var bytes);
        _text = new(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Encoding.UTF8);
        _lines = new(_text);
        _rows = new(_lines, _splitter);
        _json = new(_event, ReadableJson.Options);
    }

    /// <summary>Reads a body, which lies in an array.</summary>
    /// <exception cref="ProblemException">400 for a quote that does not close, 422 for a wrong header or too many rows.</exception>
    public static void Read(ReadOnlyMemory<byte> body, IntakeBatch into)
    {
        using var reader = new CsvBodyReader(body, into);
        reader.Read();
    }

    public void Dispose()
    {
        _json.Dispose();
        _text.Dispose();
    }

    private void Read()
    {
        if (!ReadRow(out _))
        {
            _cells.Clear();
        }
        var columns = CsvColumns.Of(_cells);
        while (ReadRow(out var line))
        {
            if (_into.Count == UsageLimits.MaxEvents)
            {
                throw new ProblemException(Problem.Invalid(
                    "usage.too_many_events", $"A request takes at most {UsageLimits.MaxEvents} events; send them in several.", ""));
            }
            ReadEvent(columns);
            _into.Lines.Add(line);
        }
    }

    /// <summary>The cells of the next row; false at the end. Blank lines are no rows.</summary>
    private bool ReadRow(out long line)
    {
        string? first;
        do
        {
            first = _lines.Next();
        }
        while (first is { Length: 0 });
        line = _lines.Line;
        if (first is null)
        {
            return false;
        }
        if (first.Length > MaxLineLength)
        {
            throw Broken(line, $"the line is longer than {MaxLineLength} characters");
        }
        return _rows.TryRead(first, _cells, out _) ? true : throw Broken(line, "a quote is not closed");
    }

    private void ReadEvent(CsvColumns columns)
    {
        ref var place = ref _into.Add();
        if (_cells.Count != columns.Count || _splitter.HasTextAfterQuote)
        {
            place.Id = columns.Id < _cells.Count && EntityId.IsValid(_cells[columns.Id]) ? _cells[columns.Id] : "";
            place.Fault = new("usage.row_invalid", _splitter.HasTextAfterQuote
                ? "A cell goes on after its closing quote. Write quotes in a cell twice."
                : $"The row has {_cells.Count} cells, the header has {columns.Count}.");
            return;
        }
        WriteEvent(columns);
        var json = new Utf8JsonReader(_event.WrittenSpan);
        json.Read();
        new EventReader(_into.Strings, ref place, "", -1).ReadCompact(ref json);
    }

    private void WriteEvent(CsvColumns columns)
    {
        _event.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        WriteCells(columns.Plain);
        foreach (var (parent, fields) in columns.Nested)
        {
            if (Array.Exists(fields, field => _cells[field.Index].Length > 0))
            {
                _json.WriteStartObject(parent);
                WriteCells(fields);
                _json.WriteEndObject();
            }
        }
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>An empty cell is a field that is left out.</summary>
    private void WriteCells((string Name, int Index)[] fields)
    {
        foreach (var (name, index) in fields)
        {
            if (_cells[index].Length > 0)
            {
                _json.WriteString(name, _cells[index]);
            }
        }
    }

    private static ProblemException Broken(long line, string why) => new(
        new ApiProblem(400, "request.csv_broken", $"The body is no valid CSV: {why} (line {line}). Nothing of it was carried out.")
        {
            Position = (line, null),
        });
}
