namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>What the columns of some files mean; docs/import.md has the format.</summary>
public sealed record MapDefinition
{
    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary><c>csv</c> or <c>ndjson</c>; null goes by the file's name.</summary>
    public string? Format { get; init; }

    /// <summary>One character, <c>tab</c>, <c>space</c>, or <c>auto</c>.</summary>
    public string? Separator { get; init; }

    /// <summary>Whether the first line names the columns; null finds out.</summary>
    public bool? Header { get; init; }

    /// <summary>Names of the columns, in place of a header's.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Values that every row has.</summary>
    public IReadOnlyDictionary<string, string>? Constants { get; init; }

    /// <summary>Rows that are none of ours; the first that holds names the reason.</summary>
    public IReadOnlyList<RowRule>? Skip { get; init; }

    /// <summary>Rows that must not be billed; the first that holds names the reason.</summary>
    public IReadOnlyList<RowRule>? Reject { get; init; }

    /// <summary>The events of a row.</summary>
    public IReadOnlyList<EmitDefinition>? Emits { get; init; }

    /// <summary>Differences for files of certain names; the first that fits is laid over the map.</summary>
    public IReadOnlyList<MapVariant>? Variants { get; init; }

    /// <summary>The map with what a variant says in place of its own.</summary>
    public MapDefinition With(MapDefinition over) => new()
    {
        Name = over.Name ?? Name,
        Format = over.Format ?? Format,
        Separator = over.Separator ?? Separator,
        Header = over.Header ?? Header,
        Columns = over.Columns ?? Columns,
        Constants = over.Constants ?? Constants,
        Skip = over.Skip ?? Skip,
        Reject = over.Reject ?? Reject,
        Emits = over.Emits ?? Emits,
    };
}
