namespace OrleansBilling.Simulation.Checks;

/// <summary>An event in the log.</summary>
internal readonly record struct LedgerEntry(long Lsn, decimal Value);
