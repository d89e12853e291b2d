namespace OrleansBilling.Core.Balances;

/// <summary>One side of a <see cref="UnitEntry"/>.</summary>
/// <param name="Account"><c>pack:</c> and its id, <c>sold</c>, <c>promotional</c>, <c>usage</c> or <c>breakage</c>.</param>
/// <param name="Quantity">Positive for a credit, negative for a debit.</param>
public sealed record UnitPosting(string Account, decimal Quantity);
