using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>
/// Reads items of a job from CSV (RFC 4180). Each row is made the JSON item that it stands for and read as such, so
/// that both have the same rules. A quote that does not close refuses the whole body: what follows it could be
/// anything.
/// </summary>
internal sealed class JobCsvReader : IDisposable
{
    /// <summary>Characters of a line.</summary>
    private const int MaxLineLength = 64 * 1024;

    private readonly string _kind;
    private readonly JobItemReader _into;
    private readonly StreamReader _text;
    private readonly LineReader _lines;
    private readonly LineSplitter _splitter = new(',');
    private readonly RowReader _rows;
    private readonly List<string> _cells = [];
    private readonly ArrayBufferWriter<byte> _item = new(1024);
    private readonly Utf8JsonWriter _json;

    private JobCsvReader(ReadOnlyMemory<byte> body, string kind, JobItemReader into)
    {
        (_kind, _into) = (kind, into);
        MemoryMarshal.TryGetArray(body, out var bytes);
        _text = new(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Encoding.UTF8);
        _lines = new(_text);
        _rows = new(_lines, _splitter);
        _json = new(_item, ReadableJson.Options);
    }

    /// <summary>Reads a body, which lies in an array.</summary>
    /// <returns>The columns of its items.</returns>
    /// <exception cref="ProblemException">400 for a quote that does not close, 422 for a wrong header or too many
    /// rows.</exception>
    public static string[] Read(ReadOnlyMemory<byte> body, string kind, JobItemReader into)
    {
        using var reader = new JobCsvReader(body, kind, into);
        return reader.Read();
    }

    public void Dispose()
    {
        _json.Dispose();
        _text.Dispose();
    }

    private string[] Read()
    {
        if (!ReadRow(out _))
        {
            _cells.Clear();
        }
        var columns = JobColumns.Of(_kind, _cells);
        while (ReadRow(out var line))
        {
            ReadItem(columns, line);
        }
        return columns.Names;
    }

    /// <summary>The cells of the next row; false at the end. Blank lines are no rows.</summary>
    private bool ReadRow(out int line)
    {
        string? first;
        do
        {
            first = _lines.Next();
        }
        while (first is { Length: 0 });
        line = (int)_lines.Line;
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

    private void ReadItem(JobColumns columns, int line)
    {
        var fault = _splitter.HasTextAfterQuote
            ? "A cell goes on after its closing quote. Write quotes in a cell twice."
            : _cells.Count != columns.Count ? $"The row has {_cells.Count} cells, the header has {columns.Count}."
            : null;
        WriteItem(columns);
        using var item = JsonDocument.Parse(_item.WrittenMemory);
        if (fault is null)
        {
            _into.Read(item.RootElement, line);
        }
        else
        {
            _into.Refuse(item.RootElement, line, "job.row_invalid", fault);
        }
    }

    private void WriteItem(JobColumns columns)
    {
        _item.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        foreach (var (name, index) in columns.Plain)
        {
            // An empty cell is a field that is left out, but in an assignment it says that the device is nobody's.
            if (Cell(index) is { Length: > 0 } cell)
            {
                _json.WriteString(name, cell);
            }
            else if (_kind == JobKind.Assignments && name == "subscription")
            {
                _json.WriteNull(name);
            }
        }
        WriteIdentifiers(columns);
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteIdentifiers(JobColumns columns)
    {
        var given = columns.Nested
            .Where(fields => Array.Exists(fields, field => Cell(field.Index).Length > 0)).ToArray();
        if (given.Length == 0)
        {
            return;
        }
        _json.WriteStartArray("identifiers");
        foreach (var fields in given)
        {
            _json.WriteStartObject();
            foreach (var (field, index) in fields.Where(field => Cell(field.Index).Length > 0))
            {
                WriteField(field, Cell(index));
            }
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteField(string field, string cell)
    {
        if (field == "takeOver" && cell is "true" or "false")
        {
            _json.WriteBoolean(field, cell == "true");
        }
        else
        {
            _json.WriteString(field, cell);
        }
    }

    private string Cell(int index) => index < _cells.Count ? _cells[index] : "";

    private static ProblemException Broken(int line, string why) => new(
        new ApiProblem(
            400, "request.csv_broken", $"The body is no valid CSV: {why} (line {line}). Nothing of it was carried out.")
        {
            Position = (line, null),
        });
}
