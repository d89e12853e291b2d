using System.Text.Json;

namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>
/// One row of a file: the cells of a line, or a JSON object. Reused by the reader; copy what must last.
/// </summary>
public sealed class SourceRow
{
    private readonly List<string> _cells = [];

    /// <summary>1 for the first line of the file; a quoted row of several lines has its first.</summary>
    public long Line { get; internal set; }

    /// <summary>The text as it stands in the file.</summary>
    public string Raw { get; internal set; } = "";

    /// <summary>Why the line cannot be taken apart; null when it can.</summary>
    public string? Broken { get; internal set; }

    /// <summary>The cells of a delimited line.</summary>
    public IReadOnlyList<string> Cells => _cells;

    internal List<string> MutableCells => _cells;

    internal JsonElement Json { get; set; }

    /// <summary>The text of a column; null when the row has no such cell. Blank text is not null.</summary>
    public string? Text(BoundColumn column)
    {
        if (column.JsonPath is null)
        {
            return column.Index >= 0 && column.Index < _cells.Count ? _cells[column.Index] : null;
        }

        return Find(column.JsonPath) is { } value
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            }
            : null;
    }

    /// <summary>The number of elements of a JSON array; null when it is not one.</summary>
    public int? Length(BoundColumn column) =>
        column.JsonPath is not null && Find(column.JsonPath) is { ValueKind: JsonValueKind.Array } array
            ? array.GetArrayLength()
            : null;

    private JsonElement? Find(string[] path)
    {
        var element = Json;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
