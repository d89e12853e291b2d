namespace OrleansBilling.Silo.Commands.Import.Rows;

/// <summary>The columns of one file.</summary>
public sealed class ColumnIndex
{
    private readonly Dictionary<string, int>? _byName;

    private ColumnIndex(Dictionary<string, int>? byName) => _byName = byName;

    /// <summary>A file of JSON objects: a column is a property, <c>a.b</c> one inside another.</summary>
    public static ColumnIndex Json { get; } = new(null);

    /// <summary>
    /// A delimited file; names are compared without regard to case and outer blanks, the first of equals counts.
    /// </summary>
    public static ColumnIndex Of(IEnumerable<string> names)
    {
        var byName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var index = 0;
        foreach (var name in names)
        {
            byName.TryAdd(name.Trim(), index++);
        }

        return new(byName);
    }

    /// <summary>Finds a column; <c>A|B</c> takes the first that the file has.</summary>
    public BoundColumn Bind(string name)
    {
        if (_byName is null)
        {
            return new(name, -1, name.Split('|')[0].Split('.'));
        }

        foreach (var alternative in name.Split('|'))
        {
            if (_byName.TryGetValue(alternative.Trim(), out var index))
            {
                return new(name, index, null);
            }
        }

        return new(name, -1, null);
    }
}
