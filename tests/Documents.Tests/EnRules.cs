using System.Globalization;
using System.Xml.Linq;

namespace OrleansBilling.Documents.Tests;

/// <summary>
/// The business rules of EN 16931 checked on the XML alone, written from the text of the rules and sharing nothing with the
/// producer: model, sums and code lists of the library are not used here.
/// </summary>
internal sealed class EnRules
{
    private static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    private readonly XElement _root;
    private readonly List<string> _broken = [];

    private EnRules(XElement root) => _root = root;

    /// <summary>Ids of the rules that the file breaks.</summary>
    public static IReadOnlyList<string> Broken(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var rules = new EnRules(XDocument.Load(stream).Root!);
        rules.Check();
        return rules._broken;
    }

    private bool IsInvoice => _root.Name.LocalName == "Invoice";

    private IEnumerable<XElement> Lines => _root.Elements(Cac + (IsInvoice ? "InvoiceLine" : "CreditNoteLine"));

    private List<XElement> Items => [.. _root.Elements(Cac + "AllowanceCharge")];

    private XElement TaxTotal => _root.Elements(Cac + "TaxTotal").First(total => total.Element(Cac + "TaxSubtotal") is not null
        || total.Element(Cbc + "TaxAmount")!.Attribute("currencyID")!.Value == Text(_root, "DocumentCurrencyCode"));

    private List<XElement> Rows => [.. TaxTotal.Elements(Cac + "TaxSubtotal")];

    private XElement Totals => _root.Element(Cac + "LegalMonetaryTotal")!;

    private void Check()
    {
        CheckPresence();
        CheckParties();
        CheckTotals();
        CheckLines();
        CheckItems(_root, isDocument: true);
        CheckBreakdown();
        CheckDecimals();
        CheckPayment();
    }

    private void Rule(string id, bool holds)
    {
        if (!holds)
        {
            _broken.Add(id);
        }
    }

    private void CheckPresence()
    {
        Rule("BR-01", Has(_root, "CustomizationID"));
        Rule("BR-02", Has(_root, "ID"));
        Rule("BR-03", Has(_root, "IssueDate"));
        Rule("BR-04", Text(_root, IsInvoice ? "InvoiceTypeCode" : "CreditNoteTypeCode") == (IsInvoice ? "380" : "381"));
        Rule("BR-05", Has(_root, "DocumentCurrencyCode"));
        Rule("BR-12", Has(Totals, "LineExtensionAmount"));
        Rule("BR-13", Has(Totals, "TaxExclusiveAmount"));
        Rule("BR-14", Has(Totals, "TaxInclusiveAmount"));
        Rule("BR-15", Has(Totals, "PayableAmount"));
        Rule("BR-16", Lines.Any());
        Rule("BR-CO-18", Rows.Count > 0);
        Rule("BR-53", !Has(_root, "TaxCurrencyCode") || _root.Elements(Cac + "TaxTotal").Elements(Cbc + "TaxAmount")
            .Count(a => a.Attribute("currencyID")!.Value == Text(_root, "TaxCurrencyCode")) == 1);
        foreach (var reference in _root.Elements(Cac + "BillingReference"))
        {
            Rule("BR-55", Has(reference.Element(Cac + "InvoiceDocumentReference")!, "ID"));
        }

        foreach (var period in _root.Descendants(Cac + "InvoicePeriod"))
        {
            Rule(period.Parent == _root ? "BR-29" : "BR-30", string.CompareOrdinal(Text(period, "StartDate"), Text(period, "EndDate")) <= 0);
        }

        Rule("BR-CO-25", Amount(Totals, "PayableAmount") <= 0 || Has(_root, "DueDate")
            || _root.Element(Cac + "PaymentTerms") is not null || !IsInvoice);
    }

    private void CheckParties()
    {
        foreach (var (role, name, country, scheme) in new[]
        {
            ("AccountingSupplierParty", "BR-06", "BR-09", "BR-62"), ("AccountingCustomerParty", "BR-07", "BR-11", "BR-63"),
        })
        {
            var party = _root.Element(Cac + role)!.Element(Cac + "Party")!;
            Rule(name, Has(party.Element(Cac + "PartyLegalEntity")!, "RegistrationName"));
            Rule(country, Has(party.Element(Cac + "PostalAddress")!.Element(Cac + "Country")!, "IdentificationCode"));
            Rule(scheme, party.Element(Cbc + "EndpointID") is not { } endpoint || endpoint.Attribute("schemeID") is not null);
            foreach (var number in VatNumbers(party))
            {
                Rule("BR-CO-09", number.Length > 2 && number.Take(2).All(char.IsAsciiLetterUpper));
            }
        }

        var seller = _root.Element(Cac + "AccountingSupplierParty")!.Element(Cac + "Party")!;
        Rule("BR-CO-26", seller.Element(Cac + "PartyIdentification") is not null
            || Has(seller.Element(Cac + "PartyLegalEntity")!, "CompanyID") || VatNumbers(seller).Any());
    }

    private void CheckTotals()
    {
        Rule("BR-CO-10", Amount(Totals, "LineExtensionAmount") == Lines.Sum(line => Amount(line, "LineExtensionAmount")));
        Rule("BR-CO-11", Amount(Totals, "AllowanceTotalAmount") == Items.Where(IsAllowance).Sum(item => Amount(item, "Amount")));
        Rule("BR-CO-12", Amount(Totals, "ChargeTotalAmount") == Items.Where(item => !IsAllowance(item)).Sum(item => Amount(item, "Amount")));
        Rule("BR-CO-13", Amount(Totals, "TaxExclusiveAmount") == Amount(Totals, "LineExtensionAmount")
            - Amount(Totals, "AllowanceTotalAmount") + Amount(Totals, "ChargeTotalAmount"));
        Rule("BR-CO-14", Amount(TaxTotal, "TaxAmount") == Rows.Sum(row => Amount(row, "TaxAmount")));
        Rule("BR-CO-15", Amount(Totals, "TaxInclusiveAmount") == Amount(Totals, "TaxExclusiveAmount") + Amount(TaxTotal, "TaxAmount"));
        Rule("BR-CO-16", Amount(Totals, "PayableAmount") == Amount(Totals, "TaxInclusiveAmount")
            - Amount(Totals, "PrepaidAmount") + Amount(Totals, "PayableRoundingAmount"));
    }

    private void CheckLines()
    {
        var ids = new HashSet<string>();
        foreach (var line in Lines)
        {
            var quantity = line.Element(Cbc + (IsInvoice ? "InvoicedQuantity" : "CreditedQuantity"));
            var item = line.Element(Cac + "Item")!;
            var price = line.Element(Cac + "Price");
            Rule("BR-21", Has(line, "ID") && ids.Add(Text(line, "ID")));
            Rule("BR-22", quantity is not null);
            Rule("BR-23", quantity?.Attribute("unitCode") is { Value.Length: > 0 });
            Rule("BR-24", Has(line, "LineExtensionAmount"));
            Rule("BR-25", Has(item, "Name"));
            Rule("BR-26", price is not null && Has(price, "PriceAmount"));
            Rule("BR-27", Amount(price!, "PriceAmount") >= 0);
            Rule("BR-CO-04", item.Element(Cac + "ClassifiedTaxCategory") is { } category && Has(category, "ID"));
            CheckItems(line, isDocument: false);
            CheckLineAmount(line, quantity!, price!);
        }
    }

    /// <summary>Peppol rule R120, within the cent or two it allows for.</summary>
    private void CheckLineAmount(XElement line, XElement quantity, XElement price)
    {
        var basis = price.Element(Cbc + "BaseQuantity") is { } units ? Number(units) : 1m;
        var items = line.Elements(Cac + "AllowanceCharge").Sum(item => IsAllowance(item) ? -Amount(item, "Amount") : Amount(item, "Amount"));
        var expected = (Amount(price, "PriceAmount") * Number(quantity) / basis) + items;
        Rule("R120", Math.Abs(expected - Amount(line, "LineExtensionAmount")) <= (Text(_root, "DocumentCurrencyCode") == "JPY" ? 0.5m : 0.02m));
    }

    private void CheckItems(XElement parent, bool isDocument)
    {
        foreach (var item in parent.Elements(Cac + "AllowanceCharge"))
        {
            Rule(isDocument ? "BR-31" : "BR-41", Has(item, "Amount") && Amount(item, "Amount") >= 0);
            Rule(isDocument ? "BR-33" : "BR-42", Has(item, "AllowanceChargeReason") || Has(item, "AllowanceChargeReasonCode"));
            if (isDocument)
            {
                Rule("BR-32", item.Element(Cac + "TaxCategory") is { } category && Has(category, "ID"));
            }
        }
    }

    private void CheckBreakdown()
    {
        List<(XElement Category, decimal Amount)> parts =
        [
            .. Lines.Select(line => (line.Element(Cac + "Item")!.Element(Cac + "ClassifiedTaxCategory")!, Amount(line, "LineExtensionAmount"))),
            .. Items.Select(item => (item.Element(Cac + "TaxCategory")!, IsAllowance(item) ? -Amount(item, "Amount") : Amount(item, "Amount"))),
        ];
        foreach (var group in parts.GroupBy(part => Key(part.Category)))
        {
            Rule($"{Family(group.Key.Id)}-01", Rows.Count(row => Key(row.Element(Cac + "TaxCategory")!) == group.Key) == 1);
        }

        foreach (var row in Rows)
        {
            var category = row.Element(Cac + "TaxCategory")!;
            var key = Key(category);
            var family = Family(key.Id);
            Rule("BR-45", Has(row, "TaxableAmount"));
            Rule("BR-46", Has(row, "TaxAmount"));
            Rule("BR-47", Has(category, "ID"));
            Rule("BR-48", Has(category, "Percent") || key.Id == "O");
            Rule($"{family}-08", Amount(row, "TaxableAmount") == parts.Where(part => Key(part.Category) == key).Sum(part => part.Amount));
            CheckTax(row, key, family);
            var hasReason = Has(category, "TaxExemptionReason") || Has(category, "TaxExemptionReasonCode");
            Rule($"{family}-10", hasReason == key.Id is "E" or "AE" or "K" or "G" or "O");
        }

        foreach (var (category, _) in parts)
        {
            CheckRate(category);
        }

        CheckCategories();
    }

    private void CheckTax(XElement row, (string Id, decimal Rate) key, string family)
    {
        // BR-CO-17: taxable × rate / 100, rounded to the currency; half away from zero is this project's choice.
        var unit = Text(_root, "DocumentCurrencyCode") == "JPY" ? 1m : 100m;
        var exact = Amount(row, "TaxableAmount") * key.Rate / 100m * unit;
        var floor = Math.Floor(Math.Abs(exact) + 0.5m) / unit;
        Rule("BR-CO-17", Amount(row, "TaxAmount") == (exact < 0 ? -floor : floor));
        Rule($"{family}-09", key.Id is "S" or "L" or "M" || Amount(row, "TaxAmount") == 0);
    }

    private void CheckRate(XElement category)
    {
        var key = Key(category);
        Rule($"{Family(key.Id)}-05", key.Id switch
        {
            "S" => key.Rate > 0,
            "L" or "M" => key.Rate >= 0,
            "O" => !Has(category, "Percent"),
            _ => Has(category, "Percent") && key.Rate == 0,
        });
    }

    private void CheckCategories()
    {
        var ids = Rows.Select(row => Key(row.Element(Cac + "TaxCategory")!).Id).ToHashSet();
        var seller = _root.Element(Cac + "AccountingSupplierParty")!.Element(Cac + "Party")!;
        var buyer = _root.Element(Cac + "AccountingCustomerParty")!.Element(Cac + "Party")!;
        var sellerTax = seller.Elements(Cac + "PartyTaxScheme").Any();
        Rule("BR-S-02", sellerTax || !ids.Overlaps(["S", "Z", "E", "AE", "L", "M"]));
        Rule("BR-AE-02", !ids.Contains("AE") || VatNumbers(buyer).Any() || Has(buyer.Element(Cac + "PartyLegalEntity")!, "CompanyID"));
        Rule("BR-IC-02", !ids.Contains("K") || (VatNumbers(seller).Any() && VatNumbers(buyer).Any()));
        Rule("BR-G-02", !ids.Contains("G") || VatNumbers(seller).Any());
        Rule("BR-O-02", !ids.Contains("O") || (!VatNumbers(seller).Any() && !VatNumbers(buyer).Any()));
        Rule("BR-O-11", !ids.Contains("O") || Rows.Count == 1);
        var delivery = _root.Element(Cac + "Delivery");
        Rule("BR-IC-11", !ids.Contains("K") || _root.Element(Cac + "InvoicePeriod") is not null || (delivery is not null && Has(delivery, "ActualDeliveryDate")));
        Rule("BR-IC-12", !ids.Contains("K") || delivery?.Descendants(Cbc + "IdentificationCode").Any() == true);
    }

    private void CheckDecimals()
    {
        foreach (var amount in _root.Descendants().Where(e => e.Attribute("currencyID") is not null && e.Name.LocalName != "PriceAmount"))
        {
            var digits = amount.Value.Contains('.', StringComparison.Ordinal) ? amount.Value.Length - amount.Value.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            Rule($"BR-DEC {amount.Name.LocalName}", digits <= 2);
        }
    }

    private void CheckPayment()
    {
        foreach (var means in _root.Elements(Cac + "PaymentMeans"))
        {
            Rule("BR-49", Has(means, "PaymentMeansCode"));
            var account = means.Element(Cac + "PayeeFinancialAccount");
            Rule("BR-50", account is null || Has(account, "ID"));
            Rule("BR-61", Text(means, "PaymentMeansCode") is not ("30" or "58") || account is not null);
        }
    }

    private static IEnumerable<string> VatNumbers(XElement party) => party.Elements(Cac + "PartyTaxScheme")
        .Where(scheme => Text(scheme.Element(Cac + "TaxScheme")!, "ID") == "VAT").Select(scheme => Text(scheme, "CompanyID"));

    private static string Family(string id) => id switch { "K" => "BR-IC", "L" => "BR-AF", "M" => "BR-AG", _ => $"BR-{id}" };

    private static (string Id, decimal Rate) Key(XElement category) =>
        (Text(category, "ID"), Has(category, "Percent") ? Number(category.Element(Cbc + "Percent")!) : 0m);

    private static bool IsAllowance(XElement item) => Text(item, "ChargeIndicator") == "false";

    private static bool Has(XElement parent, string name) => parent.Element(Cbc + name) is { } child && child.Value.Trim().Length > 0;

    private static string Text(XElement parent, string name) => parent.Element(Cbc + name)?.Value ?? "";

    private static decimal Amount(XElement parent, string name) => parent.Element(Cbc + name) is { } element ? Number(element) : 0m;

    private static decimal Number(XElement element) => decimal.Parse(element.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
