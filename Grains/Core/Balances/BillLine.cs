using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>A line of a bill that wallets pay.</summary>
/// <param name="Subscription">Id of the subscription.</param>
/// <param name="Charge">Id of the charge.</param>
/// <param name="Source">Null where it is for no usage, and where that was not told.</param>
/// <param name="Amount">May be negative.</param>
public sealed record BillLine(string Subscription, string Charge, LineSource? Source, Money Amount);
