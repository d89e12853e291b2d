using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Accounting;

/// <summary>A balanced entry of some customer's journal.</summary>
/// <param name="Customer">Whose journal.</param>
/// <param name="Currency">Of every posting: a customer pays in one.</param>
/// <param name="LegalEntity">Who issued the invoice or credit note; null for other entries, and where nobody in particular did.</param>
/// <param name="PeriodEnd">End of the billing period of the invoice, or of the invoice that a credit note corrects; null for other entries.</param>
/// <param name="Entry">As in the customer's journal.</param>
[GenerateSerializer, Immutable, Alias("billing.accounting-entry")]
public sealed record AccountingEntry(
    [property: Id(0)] string Customer, [property: Id(1)] string Currency, [property: Id(2)] string? LegalEntity,
    [property: Id(3)] Instant? PeriodEnd, [property: Id(4)] JournalEntry Entry);

/// <summary>Which entries are asked for: those that were posted in a half-open time, by customer (ordinal) and number.</summary>
/// <param name="From">Posted at or after.</param>
/// <param name="To">Posted before.</param>
/// <param name="Currency">Only in this one; null for all.</param>
/// <param name="AfterCustomer">Begins behind this customer's entry of <paramref name="AfterNumber"/>; null for the first page.</param>
/// <param name="AfterNumber">0 for the customer's first.</param>
[GenerateSerializer, Immutable, Alias("billing.accounting-query")]
public sealed record AccountingQuery(
    [property: Id(0)] string Tenant, [property: Id(1)] Instant From, [property: Id(2)] Instant To, [property: Id(3)] string? Currency,
    [property: Id(4)] string? AfterCustomer, [property: Id(5)] int AfterNumber, [property: Id(6)] int Limit);
