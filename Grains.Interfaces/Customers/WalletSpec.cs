using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Customers;

/// <summary>A wallet to open.</summary>
/// <param name="Currency">ISO 4217 code; the customer's, or null for it.</param>
/// <param name="Priority">1 to 1,000; lower is drawn first.</param>
/// <param name="ExpiresAt">First instant at which nothing of it is usable; null for never.</param>
/// <param name="CreditLimit">In major units: how far invoices may overdraw it.</param>
/// <param name="TopUp">When it asks for more money; null for never.</param>
/// <param name="Scope">Which lines it may pay, where a grant names no scope of its own; null for any.</param>
/// <param name="OnEmpty">What happens when it is used up; null is <see cref="WhenEmpty.Invoice"/>.</param>
[GenerateSerializer, Immutable, Alias("billing.wallet-spec")]
public sealed record WalletSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Currency,
    [property: Id(2)] int Priority,
    [property: Id(3)] Instant? ExpiresAt,
    [property: Id(4)] decimal CreditLimit,
    [property: Id(5)] TopUpSpec? TopUp = null,
    [property: Id(6)] CreditScope? Scope = null,
    [property: Id(7)] WhenEmpty? OnEmpty = null)
{
    /// <summary>Of wallets that name none.</summary>
    public const int DefaultPriority = 100;
}
