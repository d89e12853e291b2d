using NodaTime;

namespace OrleansBilling.Core.Taxation;

/// <summary>All that taxes of an invoice or a credit note depend on.</summary>
/// <param name="InvoiceDate">Local date of the seller. For a credit note that of the invoice which it corrects: its tax was due under the law
/// of then.</param>
/// <param name="Seller">Who sells.</param>
/// <param name="Buyer">Who buys.</param>
/// <param name="Lines">1 to <see cref="TaxLimits.MaxLines"/>, all in one currency.</param>
/// <param name="Settings">How to calculate.</param>
public sealed record TaxRequest(
    LocalDate InvoiceDate,
    TaxSeller Seller,
    TaxBuyer Buyer,
    IReadOnlyList<TaxableLine> Lines,
    TaxSettings Settings);
