namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>What became of a row; every row has exactly one.</summary>
/// <param name="Kind">Emitted, skipped or rejected.</param>
/// <param name="Reason">Of the last two.</param>
public readonly record struct RowOutcome(RowKind Kind, string? Reason)
{
    internal static RowOutcome Emitted => new(RowKind.Emitted, null);

    internal static RowOutcome Skipped(string reason) => new(RowKind.Skipped, reason);

    internal static RowOutcome Rejected(string reason) => new(RowKind.Rejected, reason);
}
