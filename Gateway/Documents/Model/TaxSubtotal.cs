namespace OrleansBilling.Documents;

/// <summary>One row of the VAT breakdown, BG-23: everything of one category and rate.</summary>
/// <param name="Tax">BT-118 and BT-119.</param>
/// <param name="TaxableAmount">BT-116: lines less allowances plus charges of this category and rate.</param>
/// <param name="TaxAmount">BT-117: <paramref name="TaxableAmount"/> × rate, rounded to the currency (BR-CO-17); zero
/// where the category takes none.</param>
/// <param name="ExemptionReason">Why no tax is charged, in the document's language (BT-120). Null takes the wording of
/// the language, with a tenant's override, where the category needs one (E, AE, K, G, O).</param>
/// <param name="ExemptionReasonCode">A code of the VATEX list (BT-121), e.g. <c>VATEX-EU-AE</c>; null takes the one that
/// the category implies, if it implies one.</param>
public sealed record TaxSubtotal(
    TaxClass Tax,
    decimal TaxableAmount,
    decimal TaxAmount,
    string? ExemptionReason = null,
    string? ExemptionReasonCode = null);
