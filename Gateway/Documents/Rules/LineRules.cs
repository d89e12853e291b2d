namespace OrleansBilling.Documents.Rules;

/// <summary>BR-21 to BR-30 of lines, BR-31 to BR-44 of allowances and charges.</summary>
internal static class LineRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < document.Lines.Count; i++)
        {
            CheckLine(document.Lines[i], $"lines[{i}]", ids, findings);
        }

        for (var i = 0; i < document.AllowancesAndCharges.Count; i++)
        {
            var item = document.AllowancesAndCharges[i];
            var place = $"allowancesAndCharges[{i}]";
            CheckItem(item, place, item.IsCharge ? "BR-38" : "BR-33", item.IsCharge ? "BR-36" : "BR-31", findings);
            if (item.Tax is null)
            {
                findings.Add(item.IsCharge ? "BR-37" : "BR-32", $"{place}.tax", "The VAT category is missing.");
            }
        }
    }

    private static void CheckLine(DocumentLine line, string place, HashSet<string> ids, Findings findings)
    {
        findings.Require("BR-21", $"{place}.id", line.Id, "The line's identifier (BT-126)");
        if (!ids.Add(line.Id))
        {
            findings.Add("OB-LINE-ID", $"{place}.id", $"'{line.Id}' is the identifier of another line too.");
        }

        findings.Require("BR-23", $"{place}.unitCode", line.UnitCode, "The unit (BT-130)");
        findings.Require("BR-25", $"{place}.name", line.Name, "The item's name (BT-153)");
        if (line.UnitPrice < 0)
        {
            findings.Add("BR-27", $"{place}.unitPrice", $"The price is {Findings.Text(line.UnitPrice.Value)}, below zero: make the quantity negative instead.");
        }

        if (line.PriceBaseQuantity <= 0)
        {
            findings.Add("OB-BASE-QUANTITY", $"{place}.priceBaseQuantity", $"The price is for {Findings.Text(line.PriceBaseQuantity)} units; it must be above zero.");
        }

        PresenceRules.CheckPeriod(line.Period, $"{place}.period", "BR-30", findings);
        for (var i = 0; i < line.AllowancesAndCharges.Count; i++)
        {
            var item = line.AllowancesAndCharges[i];
            CheckItem(item, $"{place}.allowancesAndCharges[{i}]", item.IsCharge ? "BR-44" : "BR-42", item.IsCharge ? "BR-43" : "BR-41", findings);
        }
    }

    private static void CheckItem(AllowanceOrCharge item, string place, string reasonRule, string amountRule, Findings findings)
    {
        findings.Require(reasonRule, $"{place}.reason", item.Reason, "The reason");
        if (item.Amount < 0)
        {
            findings.Add(amountRule, $"{place}.amount", $"The amount is {Findings.Text(item.Amount)}, below zero: make an allowance a charge, or the other way round.");
        }
    }
}
