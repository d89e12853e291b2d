namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Rows left out, with the reason that appears in the summary.</summary>
public sealed record RowRule
{
    /// <summary>Which rows.</summary>
    public required ConditionDefinition When { get; init; }

    /// <summary>A dotted code or a few words.</summary>
    public required string Reason { get; init; }
}
