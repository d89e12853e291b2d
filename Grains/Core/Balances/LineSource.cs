using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Balances;

/// <summary>What a line of a bill charges for, as far as wallets with a scope ask.</summary>
/// <param name="Meter">Of a charge for usage; null for others.</param>
/// <param name="Where">What the charge asks of its usage; null for nothing.</param>
public sealed record LineSource(string Meter, IReadOnlyList<WhereClause>? Where);
