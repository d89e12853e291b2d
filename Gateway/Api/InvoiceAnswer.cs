using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Gateway.Api;

/// <summary>An issued invoice; it never changes.</summary>
/// <param name="Id">Its number in its series, without gaps; empty for a draft.</param>
/// <param name="Customer">The customer as it was then.</param>
/// <param name="Total">Sum of the lines: before tax, or with it where the seller's prices include it.</param>
/// <param name="WalletDraws">What wallets paid of it, in the order of drawing; one without a grant used a credit limit.</param>
/// <param name="WalletAmount">Sum of the draws.</param>
/// <param name="CreditApplied">What earlier invoices below zero lowered it by, before wallets.</param>
/// <param name="AmountDue">The total with tax, less that credit and the draws; below zero it is carried forward to the next invoices.</param>
/// <param name="Seller">Who issues it, as it was then; null where the tenant has not said who.</param>
/// <param name="IssueDate">Local date where the seller is.</param>
/// <param name="DueDate">Last local date on which it is paid in time.</param>
/// <param name="Seal">Its place in the seller's chain; null for a draft.</param>
/// <param name="TaxTotal">The tax in it.</param>
/// <param name="GrossTotal">Total with tax.</param>
/// <param name="Tax">Taxes by line, whose ids are the numbers of the lines, and by rate, with the rules that they come from; null where the seller
/// charges none.</param>
/// <param name="TaxConversions">Taxes in the currencies that laws want them shown in, with the rates; left out for none.</param>
/// <param name="Settlement">How far it is paid; null for a draft.</param>
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
    DocumentSeal? Seal,
    string TaxTotal,
    string GrossTotal,
    TaxStatement? Tax,
    TaxConversionAnswer[]? TaxConversions,
    InvoiceSettlement? Settlement)
{
    public static InvoiceAnswer Of(InvoiceView invoice) => new(
        invoice.Id, invoice.Customer, invoice.Currency, invoice.PeriodEnd, invoice.IssuedAt,
        Amount.Format(invoice.Total, invoice.Currency), invoice.Lines, invoice.WalletDraws ?? [],
        Amount.Format(invoice.WalletAmount(), invoice.Currency), Amount.Format(invoice.CreditApplied ?? 0m, invoice.Currency),
        Amount.Format(invoice.AmountDue(), invoice.Currency), invoice.Seller, invoice.IssueDate, invoice.DueDate, invoice.Seal,
        Amount.Format(invoice.TaxTotal(), invoice.Currency), Amount.Format(invoice.GrossTotal(), invoice.Currency), invoice.Tax,
        TaxConversionAnswer.AllOf(invoice.TaxConversions), invoice.Settlement);
}
