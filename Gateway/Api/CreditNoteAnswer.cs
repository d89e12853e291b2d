using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Takes back a part or all of an invoice; it never changes.</summary>
/// <param name="Id">Its number in its series, without gaps.</param>
/// <param name="Invoice">Number of the invoice.</param>
/// <param name="Lines">What it takes back of which line.</param>
/// <param name="Total">Sum of the lines.</param>
/// <param name="TaxTotal">The tax that it takes back.</param>
/// <param name="GrossTotal">Total with tax.</param>
/// <param name="AppliedToInvoice">What it takes off what was still to be paid of the invoice.</param>
/// <param name="ToBalance">What it leaves for later invoices, or to be paid back.</param>
/// <param name="Tax">The part of the invoice's taxes that it takes back; null where there are none.</param>
/// <param name="TaxConversions">What it takes back of the invoice's, at their rates; left out for none.</param>
/// <param name="Seal">Its place in the seller's chain.</param>
internal sealed record CreditNoteAnswer(
    string Id,
    string Invoice,
    string? InvoiceDate,
    CustomerView Customer,
    string Currency,
    Instant IssuedAt,
    string? IssueDate,
    string Reason,
    CreditNoteLine[] Lines,
    string Total,
    string TaxTotal,
    string GrossTotal,
    Money AppliedToInvoice,
    Money ToBalance,
    InvoiceSeller? Seller,
    TaxStatement? Tax,
    TaxConversionAnswer[]? TaxConversions,
    DocumentSeal? Seal)
{
    public static CreditNoteAnswer Of(CreditNoteView note) => new(
        note.Id, note.Invoice, note.InvoiceDate, note.Customer, note.Currency, note.IssuedAt, note.IssueDate, note.Reason, note.Lines,
        Amount.Format(note.Total, note.Currency), Amount.Format(note.TaxTotal(), note.Currency), Amount.Format(note.GrossTotal(), note.Currency),
        note.AppliedToInvoice, note.ToBalance, note.Seller, note.Tax,
        TaxConversionAnswer.AllOf(note.TaxConversions), note.Seal);
}
