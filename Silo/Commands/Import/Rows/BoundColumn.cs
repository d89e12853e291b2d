namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>Where a column of the map is in one file.</summary>
/// <param name="Name">As the map says.</param>
/// <param name="Index">Position of the cell; -1 in JSON, and where the file has no such column.</param>
/// <param name="JsonPath">Property names from the outside in; null for delimited files.</param>
public readonly record struct BoundColumn(string Name, int Index, string[]? JsonPath)
{
    /// <summary>Whether the file can have the column at all.</summary>
    public bool Exists => JsonPath is not null || Index >= 0;
}
