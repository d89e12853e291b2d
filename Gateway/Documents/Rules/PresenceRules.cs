namespace OrleansBilling.Documents.Rules;

/// <summary>BR-02 to BR-16, BR-29, BR-53 to BR-65, BR-CO-09, BR-CO-18, BR-CO-25, BR-CO-26: what must be there.</summary>
internal static class PresenceRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        findings.Require("BR-02", "number", document.Number, "The document's number (BT-1)");
        CheckParty(document.Seller, "seller", "BR-06", "BR-09", "BR-62", findings);
        CheckParty(document.Buyer, "buyer", "BR-07", "BR-11", "BR-63", findings);
        if (document.Lines.Count == 0)
        {
            findings.Add("BR-16", "lines", "There is no line (BG-25).");
        }

        if (document.TaxBreakdown.Count == 0)
        {
            findings.Add("BR-CO-18", "taxBreakdown", "There is no row of the VAT breakdown (BG-23).");
        }

        CheckPeriod(document.Period, "period", "BR-29", findings);
        CheckSellerIdentity(document.Seller, findings);
        CheckTaxCurrency(document, findings);
        for (var i = 0; i < document.PrecedingInvoices.Count; i++)
        {
            findings.Require(
                "BR-55", $"precedingInvoices[{i}].number", document.PrecedingInvoices[i].Number, "The number of the preceding invoice (BT-25)");
        }

        if (document.Delivery?.Address is { } address)
        {
            CheckCountry(address, "delivery.address", "BR-57", findings);
        }
    }

    /// <summary>Ends of a period are in order.</summary>
    public static void CheckPeriod(DatePeriod? period, string place, string rule, Findings findings)
    {
        if (period is not null && period.End < period.Start)
        {
            findings.Add(rule, $"{place}.end", $"The period ends on {period.End:uuuu-MM-dd}, before it starts on {period.Start:uuuu-MM-dd}.");
        }
    }

    private static void CheckParty(
        Party party, string place, string nameRule, string countryRule, string addressRule, Findings findings)
    {
        findings.Require(nameRule, $"{place}.name", party.Name, "The name");
        CheckCountry(party.Address, $"{place}.address", countryRule, findings);
        if (party.Address.Lines.Count > 3)
        {
            findings.Add("OB-ADDRESS", $"{place}.address.lines", $"There are {party.Address.Lines.Count} lines; EN 16931 has terms for three.");
        }

        if (party.ElectronicAddress is { } address)
        {
            findings.Require(addressRule, $"{place}.electronicAddress.scheme", address.Scheme, "The scheme of the electronic address");
        }

        if (party.VatNumber is { } number && !HasCountryPrefix(number))
        {
            findings.Add("BR-CO-09", $"{place}.vatNumber", $"The VAT number '{number}' does not begin with the code of its country, e.g. DE or EL.");
        }
    }

    private static bool HasCountryPrefix(string number) =>
        number.Length > 2 && (number.StartsWith("EL", StringComparison.Ordinal) || CountryCodes.Has(number[..2]));

    private static void CheckCountry(PostalAddress address, string place, string rule, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(address.CountryCode))
        {
            findings.Add(rule, $"{place}.countryCode", "The country is missing.");
        }
        else if (!CountryCodes.Has(address.CountryCode))
        {
            findings.Add("BR-CL-14", $"{place}.countryCode", $"'{address.CountryCode}' is no country code of ISO 3166-1 alpha-2.");
        }
    }

    private static void CheckSellerIdentity(Party seller, Findings findings)
    {
        if (seller.Identifier is null && seller.LegalRegistration is null && seller.VatNumber is null)
        {
            findings.Add("BR-CO-26", "seller", "The seller has neither an identifier (BT-29) nor a legal registration (BT-30) nor a VAT number (BT-31).");
        }
    }

    private static void CheckTaxCurrency(BillingDocument document, Findings findings)
    {
        if (document.TaxCurrency is { } currency && document.Totals.TaxInTaxCurrency is null)
        {
            findings.Add("BR-53", "totals.taxInTaxCurrency", $"There is a tax currency, {currency.Code}, but no tax in it (BT-111).");
        }
        else if (document.TaxCurrency is null && document.Totals.TaxInTaxCurrency is not null)
        {
            findings.Add("BR-53", "taxCurrency", "There is a tax in another currency (BT-111), but it is not said which (BT-6).");
        }
        else if (document.TaxCurrency == document.Currency)
        {
            findings.Add("OB-TAX-CURRENCY", "taxCurrency", $"The tax currency is the document's, {document.Currency.Code}: leave it out.");
        }
    }
}
