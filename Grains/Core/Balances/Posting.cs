using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>One side of a journal entry.</summary>
/// <param name="Account">A name of <see cref="Accounts"/>.</param>
/// <param name="Grant">In an account of a wallet, the grant concerned; null for what the wallet owes.</param>
/// <param name="Amount">Positive for a credit, negative for a debit; those of an entry add up to zero.</param>
public sealed record Posting(string Account, string? Grant, Money Amount);
