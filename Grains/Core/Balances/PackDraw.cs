namespace OrleansBilling.Core.Balances;

/// <summary>What usage took of a pack.</summary>
/// <param name="Pack">Its id.</param>
/// <param name="Quantity">In the pack's unit; above zero.</param>
public readonly record struct PackDraw(string Pack, decimal Quantity);
