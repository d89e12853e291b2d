namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>What became of a row.</summary>
public enum RowKind
{
    /// <summary>It gave one or more events.</summary>
    Emitted,

    /// <summary>The map leaves it out.</summary>
    Skipped,

    /// <summary>It cannot or must not be used.</summary>
    Rejected,
}
