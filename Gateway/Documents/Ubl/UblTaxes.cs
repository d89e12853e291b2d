using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Ubl;

/// <summary>Tax categories, rows of the breakdown, allowances and charges.</summary>
internal static class UblTaxes
{
    public static void WriteAllowanceOrCharge(UblWriter xml, AllowanceOrCharge item, TaxClass? tax) => xml.Group("AllowanceCharge", () =>
    {
        xml.Text("ChargeIndicator", item.IsCharge ? "true" : "false");
        xml.Text("AllowanceChargeReasonCode", item.ReasonCode);
        xml.Text("AllowanceChargeReason", item.Reason);
        xml.Number("MultiplierFactorNumeric", item.Percentage);
        xml.Amount("Amount", item.Amount);
        if (item.BaseAmount is { } basis)
        {
            xml.Amount("BaseAmount", basis);
        }

        if (tax is not null)
        {
            WriteCategory(xml, "TaxCategory", tax);
        }
    });

    public static void WriteSubtotal(UblWriter xml, TaxSubtotal row, DocumentTexts texts) => xml.Group("TaxSubtotal", () =>
    {
        xml.Amount("TaxableAmount", row.TaxableAmount);
        xml.Amount("TaxAmount", row.TaxAmount);
        WriteCategory(xml, "TaxCategory", row.Tax, () =>
        {
            xml.Text("TaxExemptionReasonCode", TaxCategories.ReasonCode(row));
            xml.Text("TaxExemptionReason", TaxCategories.Reason(row, texts));
        });
    });

    /// <summary>What is outside the scope has no rate (BR-O-05).</summary>
    public static void WriteCategory(UblWriter xml, string name, TaxClass tax, Action? reason = null) => xml.Group(name, () =>
    {
        xml.Text("ID", TaxCategories.Code(tax.Category));
        xml.Number("Percent", tax.Category == TaxCategory.OutsideScope ? null : tax.Rate);
        reason?.Invoke();
        xml.Group("TaxScheme", () => xml.Text("ID", "VAT"));
    });
}
