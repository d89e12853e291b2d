using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>When a wallet asks for more money.</summary>
/// <param name="Below">A top-up is due while the wallet's balance is less; not negative.</param>
/// <param name="Amount">How much each puts in; above zero.</param>
public sealed record TopUpRule(Money Below, Money Amount);
