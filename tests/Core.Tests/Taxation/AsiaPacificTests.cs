using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Australia, New Zealand, Singapore, Japan, India.</summary>
public class AsiaPacificTests
{
    /// <remarks>ATO: GST is one eleventh of a price with GST, e.g. AUD 10 of AUD 110 (GST Act, s. 9-70: 10 %).</remarks>
    [Fact]
    public void In_Australia_an_eleventh_of_a_price_with_GST_is_GST()
    {
        var outcome = Inclusive("AU", "110", "AUD");
        Assert.Equal(["AU GST S 10: 100.00 + 10.00"], outcome.Told());
    }

    /// <remarks>ATO, Non-resident businesses making online sales: GST does not apply to sales to registered businesses that give their
    /// ABN.</remarks>
    [Fact]
    public void Into_Australia_a_business_with_an_ABN_is_not_charged()
    {
        var seller = Seller("DE", "DE", "AU:ForeignSupplier");
        Assert.Equal("eu.outbound.services/au.inbound.business", Month(seller, Business("AU", "83 914 571 673"), "AUD", 2026, 1).Rule());
        Assert.Equal(["AU GST S 10: 100.00 + 10.00"], Month(seller, Business("AU"), "AUD", 2026, 1).Told());
        Assert.Equal(["AU GST S 10: 100.00 + 10.00"], Month(seller, Consumer("AU"), "AUD", 2026, 1).Told());
        Assert.Equal(TaxHoldCodes.TaxNumberInvalid, Month(seller, Business("AU", "99 999 999 999"), "AUD", 2026, 1).Hold());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("DE", "DE"), Consumer("AU"), "AUD", 2026, 1).Hold());
    }

    /// <remarks>Inland Revenue, Calculating GST: 1,500.00 and 15 % are 1,725.00; of that 3/23 are 225.00.</remarks>
    [Fact]
    public void In_New_Zealand_three_of_23_parts_are_GST() =>
        Assert.Equal(["NZ GST S 15: 1500.00 + 225.00"], Inclusive("NZ", "1725", "NZD").Told());

    /// <remarks>Goods and Services Tax Act 1985, s. 8(3)(c) and (4D); s. 8(6) for telecommunications.</remarks>
    [Fact]
    public void Into_New_Zealand_electronic_services_are_covered_and_telecommunications_are_not()
    {
        var seller = Seller("DE", "DE", "NZ:ForeignSupplier");
        Assert.Equal(["NZ GST S 15: 100.00 + 15.00"], Month(seller, Consumer("NZ"), "NZD", 2026, 1, TaxClasses.ElectronicServices).Told());
        Assert.Equal(
            "eu.outbound.services/nz.inbound.business",
            Month(seller, Business("NZ", "49-091-850"), "NZD", 2026, 1, TaxClasses.ElectronicServices).Rule());
        Assert.Equal(TaxHoldCodes.SupplyNotCovered, Month(seller, Consumer("NZ"), "NZD", 2026, 1).Hold());
    }

    /// <remarks>IRAS: the tax fraction is 9/109 for sales since 1 January 2024, 8/108 in 2023.</remarks>
    [Theory]
    [InlineData("109", 2024, "SG GST S 9: 100.00 + 9.00")]
    [InlineData("108", 2023, "SG GST S 8: 100.00 + 8.00")]
    public void In_Singapore_the_fraction_follows_the_rate(string price, int year, string told) => Assert.Equal(
        [told],
        Engine.Calculate(Request(
            Seller("SG", "SG"), Consumer("SG"), Day(year, 6, 30), new(PricesIncludeTax: true),
            Line(price, "SGD", TaxClasses.Services, SupplyPeriod.On(Day(year, 6, 30))))).Told());

    /// <remarks>IRAS, overseas vendor registration: GST on remote services to customers that are not GST-registered.</remarks>
    [Fact]
    public void Into_Singapore_registered_businesses_are_not_charged()
    {
        var seller = Seller("DE", "DE", "SG:ForeignSupplier");
        Assert.Equal(["SG GST S 9: 100.00 + 9.00"], Month(seller, Business("SG"), "SGD", 2026, 1, TaxClasses.ElectronicServices).Told());
        Assert.Equal(
            "eu.outbound.services/sg.inbound.business",
            Month(seller, Business("SG", "197401143C"), "SGD", 2026, 1, TaxClasses.ElectronicServices).Rule());
    }

    /// <remarks>National Tax Agency, Q&amp;A on the invoice system, Q46: a fraction of a yen is rounded once per rate and invoice, never per
    /// line; how is up to the seller. Rates: 10 and 8 %.</remarks>
    [Fact]
    public void In_Japan_a_fraction_is_rounded_once_per_rate_whatever_the_setting()
    {
        var day = SupplyPeriod.On(Day(2026, 1, 31));
        var outcome = Engine.Calculate(Request(
            Seller("JP", "JP"), Consumer("JP"), Day(2026, 1, 31), new(Rounding: TaxRounding.PerLine, Mode: LineRounding.Down),
            Line("105", "JPY", TaxClasses.Services, day, "a"), Line("105", "JPY", TaxClasses.Services, day, "b"),
            Line("99", "JPY", "reduced_goods", day, "c")));
        // Per line it would be 10 + 10.
        Assert.Equal(["JP CT S 8: 99 + 7", "JP CT S 10: 210 + 21"], outcome.Told());
        Assert.Equal([11L, 10L, 7L], outcome.Statement!.Lines.Select(l => l.Tax.MinorUnits));
    }

    /// <remarks>Consumption Tax Act, Arts. 4(3)(iii) and 5(1): recipients owe the tax on services for businesses, sellers on those for
    /// consumers.</remarks>
    [Fact]
    public void Into_Japan_businesses_owe_the_tax_themselves()
    {
        var seller = Seller("DE", "DE", "JP");
        Assert.Equal(["JP CT S 10: 100 + 10"], Month(seller, Consumer("JP"), "JPY", 2026, 1, TaxClasses.ElectronicServices).Told());
        var business = Month(seller, Business("JP"), "JPY", 2026, 1, TaxClasses.ElectronicServices);
        Assert.Equal("eu.outbound.services/jp.inbound.business", business.Rule());
        Assert.Equal(["jp_business_only", "jp_reverse_charge"], business.Notes());
        Assert.NotNull(TaxWordings.Text("jp_reverse_charge", "ja"));
    }

    /// <remarks>Notifications 11/2017-Central Tax (Rate) and 8/2017-Integrated Tax (Rate), heading 9984; IGST Act, ss. 7 and 8: in one
    /// state 9 % each, between states 18 %, in a union territory without a legislature UTGST.</remarks>
    [Theory]
    [InlineData("IN-KA", "IN-KA", "IN CGST S 9: 100.00 + 9.00", "IN SGST S 9: 100.00 + 9.00")]
    [InlineData("IN-CH", "IN-CH", "IN CGST S 9: 100.00 + 9.00", "IN UTGST S 9: 100.00 + 9.00")]
    [InlineData("IN-KA", "IN-MH", "IN IGST S 18: 100.00 + 18.00")]
    public void In_India_states_decide_between_two_taxes_and_one(string seller, string buyer, params string[] told)
    {
        var indian = Seller("IN", seller) with { Place = Place(seller) };
        Assert.Equal(told, Month(indian, Consumer(buyer), "INR", 2026, 1).Told());
    }

    [Fact]
    public void In_India_both_halves_are_equal_also_in_prices_with_tax()
    {
        var outcome = Engine.Calculate(Request(
            Seller("IN", "IN-KA") with { Place = Place("IN-KA") }, Consumer("IN-KA"), Day(2026, 1, 31), new(PricesIncludeTax: true),
            Line("0.99", "INR", TaxClasses.Telecommunications, SupplyPeriod.On(Day(2026, 1, 31)))));
        Assert.Equal(["IN CGST S 9: 0.83 + 0.08", "IN SGST S 9: 0.83 + 0.08"], outcome.Told());
        Assert.Equal(99, outcome.Statement!.Gross.MinorUnits);
    }

    /// <remarks>IGST Act, ss. 2(6) and 16; CGST Rules, rule 46: the endorsement.</remarks>
    [Fact]
    public void From_India_services_are_exported_with_an_endorsement()
    {
        var outcome = Month(Seller("IN", "IN-KA") with { Place = Place("IN-KA") }, Business("DE", "DE136695976"), "INR", 2026, 1);
        Assert.Equal(["IN IGST G 0: 100.00 + 0.00"], outcome.Told());
        Assert.Contains("in_export", outcome.Notes());
        Assert.StartsWith("SUPPLY MEANT FOR EXPORT", TaxWordings.Text("in_export", "en"), StringComparison.Ordinal);
    }

    /// <remarks>IGST Act, ss. 5(3) and 14: recipients with a GSTIN owe the tax; others are charged (OIDAR).</remarks>
    [Fact]
    public void Into_India_unregistered_recipients_are_charged()
    {
        var seller = Seller("DE", "DE", "IN:ForeignSupplier");
        Assert.Equal(["IN IGST S 18: 100.00 + 18.00"], Month(seller, Consumer("IN-KA"), "INR", 2026, 1, TaxClasses.ElectronicServices).Told());
        Assert.Equal(
            "eu.outbound.services/in.inbound.business",
            Month(seller, Business("IN-MH", "27AAPFU0939F1ZV"), "INR", 2026, 1, TaxClasses.ElectronicServices).Rule());
    }

    private static TaxOutcome Inclusive(string country, string price, string currency) => Engine.Calculate(Request(
        Seller(country, country), Consumer(country), Day(2026, 1, 31), new(PricesIncludeTax: true),
        Line(price, currency, TaxClasses.Services, SupplyPeriod.On(Day(2026, 1, 31)))));
}
