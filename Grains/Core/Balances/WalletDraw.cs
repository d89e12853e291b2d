using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>What an invoice took from a wallet.</summary>
/// <param name="Grant">The grant it came from; null for money that the wallet did not have (its credit limit).</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Lines">Which lines it paid, in their order; they add up to the amount. Null on invoices of earlier versions.</param>
public sealed record WalletDraw(string Wallet, string? Grant, Money Amount, IReadOnlyList<LineDraw>? Lines = null);
