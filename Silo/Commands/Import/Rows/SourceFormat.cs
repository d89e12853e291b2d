using System.Globalization;

namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>How a file is to be read.</summary>
/// <param name="IsJson">One JSON object a line.</param>
/// <param name="Separator">Null finds it out from the first line.</param>
/// <param name="Header">Whether the first line names the columns; null finds out.</param>
/// <param name="Columns">Names in place of the header's, or for files without one.</param>
public sealed record SourceFormat(bool IsJson, char? Separator, bool? Header, IReadOnlyList<string>? Columns)
{
    /// <summary>A number cannot be a column's name, so such a first line is data already.</summary>
    internal static bool LooksLikeData(string cell) =>
        decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
