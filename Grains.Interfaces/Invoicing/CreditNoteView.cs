using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Takes back a part or all of an invoice; it never changes.</summary>
/// <param name="Id">Its number in its series, without gaps; empty while it waits for it.</param>
/// <param name="Invoice">Number of the invoice.</param>
/// <param name="InvoiceDate">ISO local date of the invoice; null where it has none.</param>
/// <param name="Customer">As it is on the invoice.</param>
/// <param name="IssuedAt">The tenant's clock when it was issued.</param>
/// <param name="Reason">For people.</param>
/// <param name="Lines">What it takes back of which line.</param>
/// <param name="Total">Sum of the lines, major units; as on the invoice before tax, or with it where its prices include tax.</param>
/// <param name="AppliedToInvoice">What it takes off what was still to be paid of the invoice.</param>
/// <param name="ToBalance">What it leaves for later invoices, or to be paid back.</param>
/// <param name="Seller">As it is on the invoice.</param>
/// <param name="IssueDate">ISO local date where the seller is.</param>
/// <param name="Seal">Its place in the chain; null while it has none.</param>
/// <param name="Tax">The part of the invoice's taxes that it takes back, by number of the invoice's lines; null where there are none.</param>
/// <param name="TaxConversions">What it takes back of the invoice's, at their rates; null for none.</param>
[GenerateSerializer, Immutable, Alias("billing.credit-note")]
public sealed record CreditNoteView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Invoice,
    [property: Id(2)] string? InvoiceDate,
    [property: Id(3)] CustomerView Customer,
    [property: Id(4)] string Currency,
    [property: Id(5)] Instant IssuedAt,
    [property: Id(6)] string Reason,
    [property: Id(7)] CreditNoteLine[] Lines,
    [property: Id(8)] decimal Total,
    [property: Id(9)] Money AppliedToInvoice,
    [property: Id(10)] Money ToBalance,
    [property: Id(11)] InvoiceSeller? Seller,
    [property: Id(12)] string? IssueDate,
    [property: Id(13)] DocumentSeal? Seal = null,
    [property: Id(14)] TaxStatement? Tax = null,
    [property: Id(15)] TaxConversion[]? TaxConversions = null)
{
    /// <summary>The total with tax, in major units.</summary>
    public decimal GrossTotal() => Tax?.Gross.ToDecimal() ?? Total;

    /// <summary>The tax in it, in major units.</summary>
    public decimal TaxTotal() => Tax?.Tax.ToDecimal() ?? 0m;
}

/// <summary>What a credit note takes back of a line.</summary>
/// <param name="InvoiceLine">Number of the invoice's line.</param>
/// <param name="Description">Of that line.</param>
/// <param name="Amount">Of the sign of the line.</param>
[GenerateSerializer, Immutable, Alias("billing.credit-note-line")]
public sealed record CreditNoteLine(
    [property: Id(0)] int InvoiceLine, [property: Id(1)] string Description, [property: Id(2)] Money Amount);
