namespace OrleansBilling.Contracts.Customers;

/// <summary>When a wallet asks for more money.</summary>
/// <param name="Below">In major units: a top-up is due while the balance is less.</param>
/// <param name="Amount">In major units: how much each puts in.</param>
[GenerateSerializer, Immutable, Alias("billing.top-up-spec")]
public sealed record TopUpSpec([property: Id(0)] decimal Below, [property: Id(1)] decimal Amount);
