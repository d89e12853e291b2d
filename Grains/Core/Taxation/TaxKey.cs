namespace OrleansBilling.Core.Taxation;

/// <summary>What a tax amount is; amounts of one key are added up. Keys that differ by their rule alone are one subtotal of EN 16931 (BG-23), and
/// are rounded together.</summary>
/// <param name="Jurisdiction">Whose tax: ISO 3166-1 or 3166-2. For a supply outside the scope, the seller's country.</param>
/// <param name="Tax">Name of the tax: <c>VAT</c>, <c>GST</c>, <c>HST</c>, <c>PST</c>, <c>QST</c>, <c>CGST</c>, <c>SGST</c>, <c>IGST</c>,
/// <c>CT</c> (Japan), <c>SALES</c> (US).</param>
/// <param name="Category">How it is taxed.</param>
/// <param name="Rate">Per cent, exact, e.g. 9.975; zero for all categories but standard.</param>
/// <param name="Rule">Id of the rule, e.g. <c>eu.b2b.reverse_charge</c>.</param>
/// <param name="ReasonKey">Why no tax is charged, as a stable key for texts; null where tax is charged.</param>
/// <param name="VatexCode">The same in the VATEX list of EN 16931; null where the list has none.</param>
public sealed record TaxKey(
    string Jurisdiction,
    string Tax,
    TaxCategory Category,
    decimal Rate,
    string Rule,
    string? ReasonKey = null,
    string? VatexCode = null);
