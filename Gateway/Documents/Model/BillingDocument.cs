using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Documents;

/// <summary>
/// All that an invoice or a credit note says. Renderers add nothing to it but wording and layout: no amount is worked
/// out while rendering. BT- and BG- numbers are the business terms and groups of EN 16931-1:2017.
/// </summary>
/// <remarks>Amounts are decimals in <see cref="Currency"/> with at most its minor unit's digits (0 for JPY, 2 for EUR,
/// 3 for KWD). <see cref="DocumentSums"/> works out breakdown and totals of lines.</remarks>
public sealed record BillingDocument
{
    /// <summary>BT-3.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>BT-1.</summary>
    public required string Number { get; init; }

    /// <summary>BT-2.</summary>
    public required LocalDate IssueDate { get; init; }

    /// <summary>BT-9; null where nothing is to be paid, or terms say it.</summary>
    public LocalDate? DueDate { get; init; }

    /// <summary>BT-5.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Currency in which the tax is declared, where it is another one (BT-6).</summary>
    public Currency? TaxCurrency { get; init; }

    /// <summary>Units of <see cref="TaxCurrency"/> that one unit of <see cref="Currency"/> is; for pages, EN 16931 has no
    /// term for it.</summary>
    public decimal? TaxCurrencyRate { get; init; }

    /// <summary>Who published that rate, and for which day; for pages too.</summary>
    public (string Source, LocalDate Date)? TaxCurrencyRateOrigin { get; init; }

    /// <summary>Locale of wording, numbers and dates as BCP 47, e.g. <c>de-AT</c>, <c>ar-EG</c>, <c>zh-Hans-CN</c>. An
    /// unknown region takes the language's own, an unknown language English.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>BG-4.</summary>
    public required Party Seller { get; init; }

    /// <summary>BG-7.</summary>
    public required Party Buyer { get; init; }

    /// <summary>Buyer's reference for routing, e.g. a Leitweg-ID (BT-10).</summary>
    public string? BuyerReference { get; init; }

    /// <summary>Buyer's order (BT-13).</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>Contract (BT-12).</summary>
    public string? Contract { get; init; }

    /// <summary>Invoices that are corrected or credited, BG-3.</summary>
    public IReadOnlyList<PrecedingInvoice> PrecedingInvoices { get; init; } = [];

    /// <summary>What the whole document is for, BG-14.</summary>
    public DatePeriod? Period { get; init; }

    /// <summary>BG-13.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>BG-16.</summary>
    public PaymentInstructions? Payment { get; init; }

    /// <summary>Terms of payment for people, in the document's language (BT-20).</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>BG-25, at least one (BR-16).</summary>
    public required IReadOnlyList<DocumentLine> Lines { get; init; }

    /// <summary>BG-20 and BG-21.</summary>
    public IReadOnlyList<AllowanceOrCharge> AllowancesAndCharges { get; init; } = [];

    /// <summary>BG-23, at least one (BR-CO-18).</summary>
    public required IReadOnlyList<TaxSubtotal> TaxBreakdown { get; init; }

    /// <summary>BG-22.</summary>
    public required DocumentTotals Totals { get; init; }

    /// <summary>BG-1.</summary>
    public IReadOnlyList<DocumentNote> Notes { get; init; } = [];

    /// <summary>Overrides of the tenant.</summary>
    public Branding Branding { get; init; } = new();
}
