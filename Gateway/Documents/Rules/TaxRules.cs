namespace OrleansBilling.Documents.Rules;

/// <summary>BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF (Canary Islands) and BR-AG (Ceuta and Melilla): what each VAT
/// category asks for.</summary>
internal static class TaxRules
{
    /// <summary>Begin of the ids of a category's rules.</summary>
    public static string Family(TaxCategory category) => category switch
    {
        TaxCategory.IntraCommunity => "BR-IC",
        TaxCategory.CanaryIslands => "BR-AF",
        TaxCategory.CeutaAndMelilla => "BR-AG",
        _ => $"BR-{TaxCategories.Code(category)}",
    };

    public static void Check(BillingDocument document, Findings findings)
    {
        var used = Used(document);
        foreach (var category in used.Select(use => use.Tax.Category).Distinct())
        {
            CheckBreakdownHas(document, used, category, findings);
            CheckParties(document, used, category, findings);
        }

        foreach (var (place, kind, tax) in used)
        {
            CheckRate(tax, place, kind, findings);
        }

        CheckRows(document, findings);
        CheckDelivery(document, findings);
    }

    private static List<(string Place, int Kind, TaxClass Tax)> Used(BillingDocument document) =>
    [
        .. document.Lines.Select((line, i) => ($"lines[{i}].tax", 0, line.Tax)),
        .. document.AllowancesAndCharges.Select((item, i) => (Place: $"allowancesAndCharges[{i}].tax", Kind: item.IsCharge ? 2 : 1, item.Tax))
            .Where(use => use.Tax is not null).Select(use => (use.Place, use.Kind, use.Tax!)),
    ];

    private static void CheckBreakdownHas(
        BillingDocument document, List<(string Place, int Kind, TaxClass Tax)> used, TaxCategory category, Findings findings)
    {
        var rule = $"{Family(category)}-01";
        var rows = document.TaxBreakdown.Where(row => row.Tax.Category == category).ToList();
        if (TaxCategories.IsTaxed(category))
        {
            foreach (var rate in used.Where(use => use.Tax.Category == category).Select(use => use.Tax.Rate).Distinct())
            {
                if (rows.Count(row => row.Tax.Rate == rate) != 1)
                {
                    findings.Add(rule, "taxBreakdown", $"There must be exactly one row of category {TaxCategories.Code(category)} at {Findings.Text(rate)} %.");
                }
            }
        }
        else if (rows.Count != 1)
        {
            findings.Add(rule, "taxBreakdown", $"There are {rows.Count} rows of category {TaxCategories.Code(category)}; there must be one.");
        }
    }

    /// <summary>Rules 02 of lines, 03 of allowances and 04 of charges.</summary>
    private static void CheckParties(
        BillingDocument document, List<(string Place, int Kind, TaxClass Tax)> used, TaxCategory category, Findings findings)
    {
        if (PartyProblem(document.Seller, document.Buyer, category) is not { } problem)
        {
            return;
        }

        foreach (var kind in used.Where(use => use.Tax.Category == category).Select(use => use.Kind).Distinct())
        {
            findings.Add($"{Family(category)}-0{kind + 2}", problem.Place, problem.Message);
        }
    }

    private static (string Place, string Message)? PartyProblem(Party seller, Party buyer, TaxCategory category)
    {
        var code = TaxCategories.Code(category);
        switch (category)
        {
            case TaxCategory.OutsideScope:
                return seller.VatNumber is not null || buyer.VatNumber is not null
                    ? (seller.VatNumber is not null ? "seller.vatNumber" : "buyer.vatNumber",
                        "What is outside the scope of VAT must not be billed with VAT numbers.")
                    : null;
            case TaxCategory.IntraCommunity or TaxCategory.Export when seller.VatNumber is null:
                return ("seller.vatNumber", $"Category {code} needs the seller's VAT number (BT-31).");
            case TaxCategory.IntraCommunity when buyer.VatNumber is null:
                return ("buyer.vatNumber", $"Category {code} needs the buyer's VAT number (BT-48).");
            case TaxCategory.IntraCommunity or TaxCategory.Export:
                return null;
            case TaxCategory.ReverseCharge when buyer.VatNumber is null && buyer.LegalRegistration is null:
                return ("buyer.vatNumber", $"Category {code} needs the buyer's VAT number (BT-48) or legal registration (BT-47).");
            default:
                return seller.VatNumber is null && seller.TaxRegistration is null
                    ? ("seller.vatNumber", $"Category {code} needs the seller's VAT number (BT-31) or tax registration (BT-32).")
                    : null;
        }
    }

    /// <summary>Rules 05 of lines, 06 of allowances and 07 of charges.</summary>
    private static void CheckRate(TaxClass tax, string place, int kind, Findings findings)
    {
        var isRight = tax.Category switch
        {
            TaxCategory.Standard => tax.Rate > 0,
            TaxCategory.CanaryIslands or TaxCategory.CeutaAndMelilla => tax.Rate >= 0,
            TaxCategory.OutsideScope => true,
            _ => tax.Rate == 0,
        };
        if (!isRight)
        {
            findings.Add(
                $"{Family(tax.Category)}-0{kind + 5}", $"{place}.rate",
                $"{Findings.Text(tax.Rate)} % is no rate of category {TaxCategories.Code(tax.Category)}.");
        }
    }

    private static void CheckRows(BillingDocument document, Findings findings)
    {
        for (var i = 0; i < document.TaxBreakdown.Count; i++)
        {
            var row = document.TaxBreakdown[i];
            var hasReason = row.ExemptionReason is not null || row.ExemptionReasonCode is not null;
            if (hasReason && !TaxCategories.NeedsReason(row.Tax.Category))
            {
                findings.Add(
                    $"{Family(row.Tax.Category)}-10", $"taxBreakdown[{i}].exemptionReason",
                    $"Category {TaxCategories.Code(row.Tax.Category)} has no reason of exemption.");
            }
        }

        if (document.TaxBreakdown.Any(row => row.Tax.Category == TaxCategory.OutsideScope) && document.TaxBreakdown.Count > 1)
        {
            findings.Add("BR-O-11", "taxBreakdown", "What is outside the scope of VAT cannot be billed together with other categories.");
        }
    }

    private static void CheckDelivery(BillingDocument document, Findings findings)
    {
        if (document.TaxBreakdown.All(row => row.Tax.Category != TaxCategory.IntraCommunity))
        {
            return;
        }

        if (document.Delivery?.Date is null && document.Period is null)
        {
            findings.Add("BR-IC-11", "delivery.date", "Intra-community supply needs the date of delivery (BT-72) or the billing period (BG-14).");
        }

        if (document.Delivery?.Address is null)
        {
            findings.Add("BR-IC-12", "delivery.address", "Intra-community supply needs the country it was delivered to (BT-80).");
        }
    }
}
