using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>What a draw paid of one line.</summary>
/// <param name="Line">The line's number on its bill; 1 for the first.</param>
/// <param name="Amount">Above zero.</param>
public sealed record LineDraw(int Line, Money Amount);
