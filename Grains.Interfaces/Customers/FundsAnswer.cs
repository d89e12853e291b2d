using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What a customer says to what a subscription can come to.</summary>
/// <param name="Missing">Zero when it is kept.</param>
/// <param name="ByAgreement">Whether the maximum of an agreement leaves the least, not the wallets.</param>
[GenerateSerializer, Immutable, Alias("billing.funds-answer")]
public sealed record FundsAnswer([property: Id(0)] Money Missing, [property: Id(1)] bool ByAgreement);
