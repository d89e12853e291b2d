using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>A place for prepaid money of one customer. It never changes.</summary>
/// <param name="Priority">1 to 1,000 for its grants that name none of their own; lower is drawn first.</param>
/// <param name="ExpiresAt">First instant at which nothing of it is usable; null for never.</param>
/// <param name="CreditLimit">How far invoices may overdraw it; not negative.</param>
/// <param name="OpenedAt">The tenant's clock.</param>
/// <param name="TopUp">When it asks for more money; null for never.</param>
/// <param name="Scope">Which lines its credit limit may pay, and its grants that name no scope of their own; null for any.</param>
/// <param name="OnEmpty">What happens when it is used up; null is <see cref="WhenEmpty.Invoice"/>.</param>
public sealed record Wallet(
    string Id, int Priority, Instant? ExpiresAt, Money CreditLimit, Instant OpenedAt, TopUpRule? TopUp = null,
    CreditScope? Scope = null, WhenEmpty? OnEmpty = null);
