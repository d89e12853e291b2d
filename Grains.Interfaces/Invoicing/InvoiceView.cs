using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>An issued invoice; it never changes.</summary>
/// <param name="Id">Its number in its series, without gaps; empty while it waits for it.</param>
/// <param name="Total">Sum of the lines: before tax, or with it where the seller's prices include it.</param>
/// <param name="IssuedAt">The tenant's clock when it was issued.</param>
/// <param name="Customer">The customer as it was then.</param>
/// <param name="WalletDraws">What wallets paid of it, in the order of drawing; null for nothing.</param>
/// <param name="CreditApplied">What earlier invoices below zero lowered it by, before wallets; null for nothing.</param>
/// <param name="Seller">Who issues it, as it was then; null where the tenant has not said who.</param>
/// <param name="IssueDate">ISO local date of <paramref name="IssuedAt"/> where the seller is; null where there is none.</param>
/// <param name="DueDate">ISO local date, the last day on which it is paid in time; null where there is no seller.</param>
/// <param name="Seal">Its place in the chain; null while it has none, and for good of one from before there was a chain.</param>
/// <param name="Tax">Taxes of the lines, whose ids are their numbers; null where the seller charges none, and for a draft without an answer.</param>
/// <param name="TaxConversions">Taxes in the currencies that laws want them shown in; null for none.</param>
/// <param name="Settlement">How far it is paid; null for a draft.</param>
[GenerateSerializer, Immutable, Alias("billing.invoice")]
public sealed record InvoiceView(
    [property: Id(0)] string Id,
    [property: Id(1)] CustomerView Customer,
    [property: Id(2)] string Currency,
    [property: Id(3)] Instant PeriodEnd,
    [property: Id(4)] Instant IssuedAt,
    [property: Id(5)] decimal Total,
    [property: Id(6)] InvoiceLine[] Lines,
    [property: Id(7)] WalletDraw[]? WalletDraws = null,
    [property: Id(8)] decimal? CreditApplied = null,
    [property: Id(9)] InvoiceSeller? Seller = null,
    [property: Id(10)] string? IssueDate = null,
    [property: Id(11)] string? DueDate = null,
    [property: Id(12)] DocumentSeal? Seal = null,
    [property: Id(13)] InvoiceSettlement? Settlement = null,
    [property: Id(14)] TaxStatement? Tax = null,
    [property: Id(15)] TaxConversion[]? TaxConversions = null)
{
    /// <summary>The total with tax, in major units.</summary>
    public decimal GrossTotal() => Tax?.Gross.ToDecimal() ?? Total;

    /// <summary>The tax in it, in major units.</summary>
    public decimal TaxTotal() => Tax?.Tax.ToDecimal() ?? 0m;

    /// <summary>What wallets paid, in major units.</summary>
    public decimal WalletAmount() => WalletDraws?.Sum(d => d.Amount.ToDecimal()) ?? 0m;

    /// <summary>
    /// What is left to pay, in major units; not above the total with tax. Negative only where the total is: that much is carried forward to
    /// the next invoices.
    /// </summary>
    public decimal AmountDue() => GrossTotal() - (CreditApplied ?? 0m) - WalletAmount();
}
