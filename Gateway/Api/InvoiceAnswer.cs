using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>An issued invoice; it never changes.</summary>
/// <param name="Id">Its number in its series, without gaps; empty for a draft.</param>
/// <param name="Customer">The customer as it was then.</param>
/// <param name="Total">Sum of the lines, before tax.</param>
/// <param name="WalletDraws">What wallets paid of it, in the order of drawing; one without a grant used a credit limit.</param>
/// <param name="WalletAmount">Sum of the draws.</param>
/// <param name="CreditApplied">What earlier invoices below zero lowered it by, before wallets.</param>
/// <param name="AmountDue">The total less that credit and the draws; below zero it is carried forward to the next invoices.</param>
/// <param name="Seller">Who issues it, as it was then; null where the tenant has not said who.</param>
/// <param name="IssueDate">Local date where the seller is.</param>
/// <param name="DueDate">Last local date on which it is paid in time.</param>
/// <param name="Seal">Its place in the seller's chain; null for a draft.</param>
internal sealed record InvoiceAnswer(
    string Id,
    CustomerView Customer,
    string Currency,
    Instant PeriodEnd,
    Instant IssuedAt,
    string Total,
    InvoiceLine[] Lines,
    WalletDraw[] WalletDraws,
    string WalletAmount,
    string CreditApplied,
    string AmountDue,
    InvoiceSeller? Seller,
    string? IssueDate,
    string? DueDate,
    DocumentSeal? Seal)
{
    public static InvoiceAnswer Of(InvoiceView invoice) => new(
        invoice.Id, invoice.Customer, invoice.Currency, invoice.PeriodEnd, invoice.IssuedAt,
        Amount.Format(invoice.Total, invoice.Currency), invoice.Lines, invoice.WalletDraws ?? [],
        Amount.Format(invoice.WalletAmount(), invoice.Currency), Amount.Format(invoice.CreditApplied ?? 0m, invoice.Currency),
        Amount.Format(invoice.AmountDue(), invoice.Currency), invoice.Seller, invoice.IssueDate, invoice.DueDate, invoice.Seal);
}
