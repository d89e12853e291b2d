namespace OrleansBilling.Core.Taxation;

/// <summary>Who buys.</summary>
/// <param name="Place">Where the buyer is established, or lives. Null holds the invoice.</param>
/// <param name="Kind">Business or consumer.</param>
/// <param name="TaxNumber">VAT number with its prefix in the EU (<c>DE136695976</c>, <c>EL094259216</c>), ABN, GSTIN and so on; null where the
/// buyer gave none.</param>
/// <param name="TaxNumberCheck">What a register said.</param>
/// <param name="Exemptions">Certificates and the like, past ones too.</param>
public sealed record TaxBuyer(
    TaxPlace? Place,
    BuyerKind Kind,
    string? TaxNumber = null,
    TaxNumberCheck TaxNumberCheck = TaxNumberCheck.NotAsked,
    IReadOnlyList<TaxExemption>? Exemptions = null);
