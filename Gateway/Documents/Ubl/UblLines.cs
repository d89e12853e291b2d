namespace OrleansBilling.Documents.Ubl;

/// <summary>Lines.</summary>
internal static class UblLines
{
    public static void Write(UblWriter xml, DocumentLine line, bool isInvoice) => xml.Group(isInvoice ? "InvoiceLine" : "CreditNoteLine", () =>
    {
        var (quantity, unit, price, basis) = Price(line);
        xml.Text("ID", line.Id);
        xml.Quantity(isInvoice ? "InvoicedQuantity" : "CreditedQuantity", quantity, unit);
        xml.Amount("LineExtensionAmount", line.NetAmount);
        xml.Text("AccountingCost", line.BuyerAccountingReference);
        UblDocument.WritePeriod(xml, line.Period);
        foreach (var item in line.AllowancesAndCharges)
        {
            UblTaxes.WriteAllowanceOrCharge(xml, item, tax: null);
        }

        xml.Group("Item", () =>
        {
            xml.Text("Description", line.Description);
            xml.Text("Name", line.Name);
            if (!string.IsNullOrWhiteSpace(line.SellerItemId))
            {
                xml.Group("SellersItemIdentification", () => xml.Text("ID", line.SellerItemId));
            }

            UblTaxes.WriteCategory(xml, "ClassifiedTaxCategory", line.Tax);
            if (!string.IsNullOrWhiteSpace(line.Group))
            {
                xml.Group("AdditionalItemProperty", () =>
                {
                    xml.Text("Name", "Group");
                    xml.Text("Value", line.Group);
                });
            }
        });
        xml.Group("Price", () =>
        {
            xml.Price("PriceAmount", price);
            if (basis != 1m)
            {
                xml.Quantity("BaseQuantity", basis, unit);
            }
        });
    });

    /// <summary>A line without one price states its amount as the price of its whole quantity, so that price × quantity ÷ base
    /// quantity gives the line (Peppol rule R120 asks for that). Prices are never negative (BR-27): the quantity is.</summary>
    private static (decimal Quantity, string Unit, decimal Price, decimal Basis) Price(DocumentLine line)
    {
        if (line.UnitPrice is { } price)
        {
            return (line.Quantity, line.UnitCode, price, line.PriceBaseQuantity);
        }

        var amount = line.NetAmount - line.AllowancesAndCharges.Sum(item => item.IsCharge ? item.Amount : -item.Amount);
        if (line.Quantity == 0m)
        {
            return (amount < 0 ? -1m : 1m, "C62", Math.Abs(amount), 1m);
        }

        var quantity = Math.Abs(line.Quantity);
        return (amount < 0 ? -quantity : quantity, line.UnitCode, Math.Abs(amount), quantity);
    }
}
