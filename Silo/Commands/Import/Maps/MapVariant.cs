namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>A map for some of the files.</summary>
public sealed record MapVariant
{
    /// <summary>File names with wildcards.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What is different.</summary>
    public required MapDefinition Map { get; init; }
}
