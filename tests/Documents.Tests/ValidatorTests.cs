using OrleansBilling.Core.Amounts;
using OrleansBilling.Documents.Rules;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class ValidatorTests
{
    private static readonly BillingDocument Good = Samples.Of("de");

    private static readonly DocumentLine Line = Good.Lines[0];

    public static TheoryData<string, string> Cases() => new()
    {
        { "BR-02", "number" }, { "BR-06", "seller.name" }, { "BR-07", "buyer.name" }, { "BR-09", "seller.address.countryCode" },
        { "BR-CL-14", "buyer.address.countryCode" }, { "BR-16", "lines" }, { "BR-21", "lines[0].id" }, { "OB-LINE-ID", "lines[1].id" },
        { "BR-23", "lines[0].unitCode" }, { "BR-25", "lines[0].name" }, { "BR-27", "lines[0].unitPrice" },
        { "BR-29", "period.end" }, { "BR-30", "lines[0].period.end" }, { "BR-31", "allowancesAndCharges[0].amount" },
        { "BR-32", "allowancesAndCharges[0].tax" }, { "BR-33", "allowancesAndCharges[0].reason" },
        { "BR-42", "lines[0].allowancesAndCharges[0].reason" }, { "BR-49", "payment.meansCode" },
        { "BR-50", "payment.creditTransfers[0].account" }, { "BR-53", "totals.taxInTaxCurrency" }, { "BR-55", "precedingInvoices[0].number" },
        { "BR-61", "payment.creditTransfers" }, { "BR-62", "seller.electronicAddress.scheme" }, { "BR-CO-09", "seller.vatNumber" },
        { "BR-CO-10", "totals.lineTotal" }, { "BR-CO-11", "totals.allowanceTotal" }, { "BR-CO-12", "totals.chargeTotal" },
        { "BR-CO-13", "totals.taxExclusive" }, { "BR-CO-14", "totals.tax" }, { "BR-CO-15", "totals.taxInclusive" },
        { "BR-CO-16", "totals.due" }, { "BR-CO-17", "taxBreakdown[0].taxAmount" }, { "BR-CO-18", "taxBreakdown" },
        { "BR-CO-25", "dueDate" }, { "BR-CO-26", "seller" }, { "BR-S-01", "taxBreakdown" }, { "BR-S-02", "seller.vatNumber" },
        { "BR-S-05", "lines[0].tax.rate" }, { "BR-S-08", "taxBreakdown[0].taxableAmount" }, { "BR-S-10", "taxBreakdown[0].exemptionReason" },
        { "BR-DEC-23", "lines[0].netAmount" }, { "BR-AE-02", "buyer.vatNumber" }, { "BR-AE-05", "lines[0].tax.rate" },
        { "BR-AE-09", "taxBreakdown[0].taxAmount" }, { "BR-IC-02", "buyer.vatNumber" }, { "BR-IC-11", "delivery.date" },
        { "BR-IC-12", "delivery.address" }, { "BR-G-02", "seller.vatNumber" }, { "BR-O-02", "seller.vatNumber" }, { "BR-O-11", "taxBreakdown" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_that_is_broken_is_named_with_its_place(string rule, string place) =>
        Assert.Contains(DocumentValidator.Validate(Broken(rule)), finding => finding.Rule == rule && finding.Place == place);

    [Fact]
    public void A_document_that_keeps_the_rules_has_no_findings()
    {
        Assert.Empty(DocumentValidator.Validate(Good));
        Assert.All(Samples.Languages, language => Assert.Empty(DocumentValidator.ValidateForPages(Samples.Of(language))));
    }

    [Fact]
    public void Pages_name_what_they_cannot_show()
    {
        var document = Good with
        {
            Branding = new()
            {
                AccentColor = "red", Logo = "GIF89a"u8.ToArray(), Texts = new Dictionary<string, string> { ["title.invoise"] = "x" },
            },
            Notes = [new("한")],
            Totals = Good.Totals with { Prepaid = 500.001m },
        };
        Assert.Equal(
            ["OB-MINOR-UNIT", "OB-COLOUR", "OB-LOGO", "OB-TEXT", "OB-GLYPH", "BR-CO-16"],
            DocumentValidator.ValidateForPages(document).Select(finding => finding.Rule));
    }

    [Fact]
    public void Three_decimals_are_right_on_pages_and_wrong_in_an_e_invoice()
    {
        var line = Samples.Line("1", "Data", 1m, "C62", 1.235m, 1.235m, new(TaxCategory.Standard, 5m));
        var document = Samples.With(
            Samples.Of("en") with { Currency = Currency.Parse("KWD") }, [line]);
        Assert.Empty(DocumentValidator.ValidateForPages(document));
        Assert.Contains(DocumentValidator.Validate(document), finding => finding.Rule == "BR-DEC-23");
    }

    private static BillingDocument Broken(string rule) => rule switch
    {
        "BR-02" => Good with { Number = " " },
        "BR-06" => Good with { Seller = Good.Seller with { Name = "" } },
        "BR-07" => Good with { Buyer = Good.Buyer with { Name = "" } },
        "BR-09" => Good with { Seller = Good.Seller with { Address = new() { CountryCode = "" } } },
        "BR-CL-14" => Good with { Buyer = Good.Buyer with { Address = new() { CountryCode = "UK" } } },
        "BR-16" => Good with { Lines = [] },
        "BR-21" => First(Line with { Id = "" }),
        "OB-LINE-ID" => First(Line with { Id = Good.Lines[1].Id }),
        "BR-23" => First(Line with { UnitCode = "" }),
        "BR-25" => First(Line with { Name = "" }),
        "BR-27" => First(Line with { UnitPrice = -1m }),
        "BR-29" => Good with { Period = new(new(2026, 2, 1), new(2026, 1, 31)) },
        "BR-30" => First(Line with { Period = new(new(2026, 2, 1), new(2026, 1, 31)) }),
        "BR-31" => Good with { AllowancesAndCharges = [Good.AllowancesAndCharges[0] with { Amount = -1m }] },
        "BR-32" => Good with { AllowancesAndCharges = [Good.AllowancesAndCharges[0] with { Tax = null }] },
        "BR-33" => Good with { AllowancesAndCharges = [Good.AllowancesAndCharges[0] with { Reason = "" }] },
        "BR-42" => First(Line with { AllowancesAndCharges = [new() { IsCharge = false, Amount = 1m, Reason = "" }] }),
        "BR-49" => Good with { Payment = Good.Payment! with { MeansCode = "" } },
        "BR-50" => Good with { Payment = Good.Payment! with { CreditTransfers = [new("")] } },
        "BR-53" => Good with { TaxCurrency = Currency.Parse("SEK") },
        "BR-55" => Good with { PrecedingInvoices = [new("")] },
        "BR-61" => Good with { Payment = new() { MeansCode = "58" } },
        "BR-62" => Good with { Seller = Good.Seller with { ElectronicAddress = new("1") } },
        "BR-CO-09" => Good with { Seller = Good.Seller with { VatNumber = "123456789" } },
        "BR-CO-10" => Totals(totals => totals with { LineTotal = totals.LineTotal + 0.01m }),
        "BR-CO-11" => Totals(totals => totals with { AllowanceTotal = 0m }),
        "BR-CO-12" => Totals(totals => totals with { ChargeTotal = 1m }),
        "BR-CO-13" => Totals(totals => totals with { TaxExclusive = totals.TaxExclusive - 0.01m }),
        "BR-CO-14" => Totals(totals => totals with { Tax = totals.Tax + 0.01m }),
        "BR-CO-15" => Totals(totals => totals with { TaxInclusive = totals.TaxInclusive + 0.01m }),
        "BR-CO-16" => Totals(totals => totals with { Due = totals.Due + 0.01m }),
        "BR-CO-17" => Row(row => row with { TaxAmount = row.TaxAmount + 0.01m }),
        "BR-CO-18" => Good with { TaxBreakdown = [] },
        "BR-CO-25" => Good with { DueDate = null },
        "BR-CO-26" => Good with { Seller = Good.Seller with { VatNumber = null, LegalRegistration = null, TaxRegistration = "1" } },
        "BR-S-01" => Row(row => row with { Tax = new(TaxCategory.Standard, 7m) }),
        "BR-S-02" => Good with { Seller = Good.Seller with { VatNumber = null } },
        "BR-S-05" => First(Line with { Tax = new(TaxCategory.Standard) }),
        "BR-S-08" => Row(row => row with { TaxableAmount = row.TaxableAmount + 0.01m }),
        "BR-S-10" => Row(row => row with { ExemptionReason = "None" }),
        "BR-DEC-23" => First(Line with { NetAmount = 1.001m }),
        "BR-AE-02" => Of(new(TaxCategory.ReverseCharge)) with { Buyer = Good.Buyer with { VatNumber = null } },
        "BR-AE-05" => First(Line with { Tax = new(TaxCategory.ReverseCharge, 19m) }),
        "BR-AE-09" => Of(new(TaxCategory.ReverseCharge)) is var document
            ? document with { TaxBreakdown = [document.TaxBreakdown[0] with { TaxAmount = 1m }] } : Good,
        "BR-IC-02" => Of(new(TaxCategory.IntraCommunity)) with { Buyer = Good.Buyer with { VatNumber = null } },
        "BR-IC-11" => Of(new(TaxCategory.IntraCommunity)) with { Period = null },
        "BR-IC-12" => Of(new(TaxCategory.IntraCommunity)),
        "BR-G-02" => Of(new(TaxCategory.Export)) with { Seller = Good.Seller with { VatNumber = null } },
        "BR-O-02" => Of(new(TaxCategory.OutsideScope)),
        "BR-O-11" => Samples.With(Good, [Line, Good.Lines[1] with { Tax = new(TaxCategory.OutsideScope) }]),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No document breaks it."),
    };

    private static BillingDocument First(DocumentLine line) => Good with { Lines = [line, .. Good.Lines.Skip(1)] };

    private static BillingDocument Totals(Func<DocumentTotals, DocumentTotals> change) => Good with { Totals = change(Good.Totals) };

    private static BillingDocument Row(Func<TaxSubtotal, TaxSubtotal> change) => Good with { TaxBreakdown = [change(Good.TaxBreakdown[0])] };

    private static BillingDocument Of(TaxClass tax) =>
        Samples.With(Good with { AllowancesAndCharges = [] }, [Line with { Tax = tax }]);
}
