using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Contracts.Customers;

/// <summary>The automatic top-ups of a wallet.</summary>
/// <param name="Below">A top-up is due while the balance is less.</param>
/// <param name="Amount">How much each puts in.</param>
/// <param name="NextId">The id that the next one's grant must have: it counts once, whoever sends it.</param>
/// <param name="IsDue">Whether it is due now.</param>
[GenerateSerializer, Immutable, Alias("billing.top-up")]
public sealed record TopUpView(
    [property: Id(0)] Money Below, [property: Id(1)] Money Amount, [property: Id(2)] string NextId, [property: Id(3)] bool IsDue);
