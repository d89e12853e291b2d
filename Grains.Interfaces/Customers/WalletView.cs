using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Customers;

/// <summary>A wallet as it is.</summary>
/// <param name="Current">Posted credits less posted debits; negative when it is overdrawn.</param>
/// <param name="Grants">Those with something left, in the order in which they are drawn.</param>
/// <param name="TopUp">Its automatic top-ups; null when it has none.</param>
/// <param name="Scope">Which lines it may pay, where a grant names no scope of its own; null for any.</param>
/// <param name="OnEmpty">What happens when it is used up; null is <see cref="WhenEmpty.Invoice"/>.</param>
[GenerateSerializer, Immutable, Alias("billing.wallet")]
public sealed record WalletView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Currency,
    [property: Id(2)] int Priority,
    [property: Id(3)] Instant? ExpiresAt,
    [property: Id(4)] Money CreditLimit,
    [property: Id(5)] Instant OpenedAt,
    [property: Id(6)] Money Current,
    [property: Id(7)] GrantView[] Grants,
    [property: Id(8)] TopUpView? TopUp = null,
    [property: Id(9)] CreditScope? Scope = null,
    [property: Id(10)] WhenEmpty? OnEmpty = null);
