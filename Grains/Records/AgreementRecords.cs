using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Agreements;

namespace OrleansBilling.Grains.Records;

/// <summary>A customer agreed on the least or the most of all subscriptions together.</summary>
/// <param name="Asked">As it was asked for, to tell a repeat from a conflict.</param>
internal sealed record SpendAgreed(string Tenant, string Customer, AgreementSpec Asked, SpendAgreement Agreement, Instant At);

/// <summary>An invoice of an agreement's period end alone is going to get a number. It is issued then, even if there is nothing left to bill
/// because a subscription that begins in the past came in between: a series has no gap.</summary>
internal sealed record SpendPeriodDue(string Tenant, string Customer, Instant PeriodEnd);

/// <summary>An agreement ends earlier than was agreed.</summary>
/// <param name="To">First instant that no longer is of it.</param>
/// <param name="KnownFrom">How many invoices were issued before: they did not know it.</param>
internal sealed record SpendAgreementEnded(string Tenant, string Customer, string Agreement, Instant To, int KnownFrom);
