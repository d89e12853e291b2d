using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What a customer owes and has to its credit.</summary>
/// <param name="Outstanding">Left to pay of all invoices.</param>
/// <param name="Overdue">The part of it whose due date is over.</param>
/// <param name="Balance">What credit notes and invoices below zero left: it lowers the next invoices, or is paid back.</param>
/// <param name="Unapplied">What is over of payments: it pays the next invoices.</param>
[GenerateSerializer, Immutable, Alias("billing.account")]
public sealed record AccountView(
    [property: Id(0)] string Customer,
    [property: Id(1)] Money Outstanding,
    [property: Id(2)] Money Overdue,
    [property: Id(3)] Money Balance,
    [property: Id(4)] Money Unapplied);
