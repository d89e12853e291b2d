using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Agreements;

namespace OrleansBilling.Grains.Records;

/// <summary>A customer agreed on the least or the most of all subscriptions together.</summary>
/// <param name="Asked">As it was asked for, to tell a repeat from a conflict.</param>
internal sealed record SpendAgreed(string Tenant, string Customer, AgreementSpec Asked, SpendAgreement Agreement, Instant At);

/// <summary>An agreement ends earlier than was agreed.</summary>
/// <param name="To">First instant that no longer is of it.</param>
/// <param name="KnownFrom">How many invoices were issued before: they did not know it.</param>
internal sealed record SpendAgreementEnded(string Tenant, string Customer, string Agreement, Instant To, int KnownFrom);
