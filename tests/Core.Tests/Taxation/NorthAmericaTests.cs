using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Sales taxes of the states of the US; GST, HST, PST and QST of Canada.</summary>
public class NorthAmericaTests
{
    private static readonly TaxSeller American = Seller("US", "US-NY", "US-CA", "US-OR", "US-PA");

    /// <remarks>Tax Foundation, State and Local Sales Tax Rates, Midyear 2025: state rates.</remarks>
    [Theory]
    [InlineData("US-NY", TaxClasses.Goods, "US-NY SALES S 4: 100.00 + 4.00")]
    [InlineData("US-CA", TaxClasses.Goods, "US-CA SALES S 7.25: 100.00 + 7.25")]
    [InlineData("US-CA", TaxClasses.ElectronicServices, "US-CA SALES O 0: 100.00 + 0.00")]
    [InlineData("US-NY", TaxClasses.ElectronicServices, "US-NY SALES S 4: 100.00 + 4.00")]
    [InlineData("US-PA", TaxClasses.Telecommunications, "US-PA SALES S 6: 100.00 + 6.00")]
    [InlineData("US-OR", TaxClasses.Telecommunications, "US-OR SALES O 0: 100.00 + 0.00")]
    public void A_state_with_nexus_is_charged_at_its_rate(string state, string productClass, string told)
    {
        var outcome = Month(American, Consumer(state), "USD", 2025, 6, productClass);
        Assert.Equal([told], outcome.Told());
        Assert.Equal(["us_state_rate_only"], outcome.Notes());
    }

    /// <remarks>South Dakota v. Wayfair, 585 U.S. 162 (2018).</remarks>
    [Fact]
    public void Without_nexus_nothing_is_collected()
    {
        var outcome = Month(American, Business("US-TX"), "USD", 2025, 6);
        Assert.Equal(["US SALES O 0: 100.00 + 0.00"], outcome.Told());
        Assert.Equal("us.no_nexus", outcome.Rule());
        Assert.Equal("eu.outbound.services/us.no_nexus", Month(Seller("DE", "DE"), Consumer("US"), "EUR", 2025, 6).Rule());
    }

    [Fact]
    public void The_state_has_to_be_known()
    {
        Assert.Equal(TaxHoldCodes.RegionMissing, Month(American, Consumer("US"), "USD", 2025, 6).Hold());
        Assert.Equal(TaxHoldCodes.RegionUnknown, Month(American, Consumer("US-PR"), "USD", 2025, 6).Hold());
        Assert.Equal(TaxHoldCodes.RegionUnknown, Month(American, new(new("US", "CA-ON"), BuyerKind.Consumer), "USD", 2025, 6).Hold());
    }

    [Fact]
    public void A_class_that_is_not_clear_in_a_state_is_held() => Assert.Equal(
        TaxHoldCodes.ClassNotCovered, Month(American, Consumer("US-NY"), "USD", 2025, 6).Hold());

    /// <remarks>Resale certificates, e.g. New York Form ST-120; Streamlined Sales and Use Tax Agreement, section 317.</remarks>
    [Fact]
    public void A_certificate_exempts_in_its_state_on_its_days_for_its_classes()
    {
        var buyer = Business("US-NY") with
        {
            Exemptions = [new("US-NY", "ST-120 of 2025-01-02", "resale", Day(2025, 1, 2), Day(2025, 12, 31), [TaxClasses.Goods])],
        };
        var outcome = Month(American, buyer, "USD", 2025, 6, TaxClasses.Goods);
        Assert.Equal(["US-NY SALES E 0: 100.00 + 0.00"], outcome.Told());
        Assert.Equal("resale", outcome.Statement!.Breakdown[0].Key.ReasonKey);
        Assert.Equal(["US-NY SALES S 4: 100.00 + 4.00"], Month(American, buyer, "USD", 2026, 1, TaxClasses.Goods).Told());
        Assert.Equal(["US-NY SALES S 4: 100.00 + 4.00"], Month(American, buyer, "USD", 2025, 6, TaxClasses.ElectronicServices).Told());
        var elsewhere = buyer with { Place = Place("US-CA") };
        Assert.Equal(["US-CA SALES S 7.25: 100.00 + 7.25"], Month(American, elsewhere, "USD", 2025, 6, TaxClasses.Goods).Told());
    }

    /// <remarks>Louisiana Act 11 of the 2024 third extraordinary session.</remarks>
    [Fact]
    public void Louisiana_raised_its_rate_in_2025()
    {
        Assert.Equal(["US-LA SALES S 4.45: 100.00 + 4.45"], Month(Seller("US", "US-LA"), Consumer("US-LA"), "USD", 2024, 12, TaxClasses.Goods).Told());
        Assert.Equal(["US-LA SALES S 5: 100.00 + 5.00"], Month(Seller("US", "US-LA"), Consumer("US-LA"), "USD", 2025, 1, TaxClasses.Goods).Told());
    }

    /// <remarks>Revenu Québec, Calculating the taxes: price 100.00, GST 5.00, QST 9.98 (9.975 % of the price without GST), total
    /// 114.98.</remarks>
    [Fact]
    public void Quebec_has_GST_and_QST_on_the_same_price()
    {
        var outcome = Month(Seller("CA", "CA", "CA-QC"), Consumer("CA-QC"), "CAD", 2025, 6, TaxClasses.Goods);
        Assert.Equal(["CA GST S 5: 100.00 + 5.00", "CA-QC QST S 9.975: 100.00 + 9.98"], outcome.Told());
        Assert.Equal("114.98", outcome.Statement!.Gross.ToString());
        Assert.Equal("100.00", outcome.Statement.Net.ToString());
        Assert.Equal(2, Assert.Single(outcome.Statement.Lines).Taxes.Count);
    }

    /// <remarks>The same page, the other way: taxes are determined on the whole, and 114.98 is 100.00 with both.</remarks>
    [Fact]
    public void Two_taxes_come_out_of_a_price_that_contains_them()
    {
        var outcome = Engine.Calculate(Request(
            Seller("CA", "CA", "CA-QC"), Consumer("CA-QC"), Day(2025, 6, 30), new(PricesIncludeTax: true),
            Line("114.98", "CAD", TaxClasses.Goods, SupplyPeriod.On(Day(2025, 6, 30)))));
        Assert.Equal(["CA GST S 5: 100.00 + 5.00", "CA-QC QST S 9.975: 100.00 + 9.98"], outcome.Told());
    }

    /// <remarks>CRA, GST/HST rates by province; the place is that of the recipient (New Harmonized Value-added Tax System
    /// Regulations).</remarks>
    [Theory]
    [InlineData("CA-ON", "CA-ON HST S 13: 100.00 + 13.00")]
    [InlineData("CA-NB", "CA-NB HST S 15: 100.00 + 15.00")]
    [InlineData("CA-NL", "CA-NL HST S 15: 100.00 + 15.00")]
    [InlineData("CA-PE", "CA-PE HST S 15: 100.00 + 15.00")]
    [InlineData("CA-NS", "CA-NS HST S 14: 100.00 + 14.00")]
    [InlineData("CA-AB", "CA GST S 5: 100.00 + 5.00")]
    [InlineData("CA-YT", "CA GST S 5: 100.00 + 5.00")]
    public void A_province_is_charged_GST_or_HST(string province, string told) =>
        Assert.Equal([told], Month(Seller("CA", "CA"), Consumer(province), "CAD", 2025, 6).Told());

    /// <remarks>Provincial Sales Tax Act (British Columbia) 7 %, Saskatchewan 6 %, Retail Sales Tax Act (Manitoba) 7 %.</remarks>
    [Theory]
    [InlineData("CA-BC", "7", "7.00")]
    [InlineData("CA-SK", "6", "6.00")]
    [InlineData("CA-MB", "7", "7.00")]
    public void A_province_with_a_retail_sales_tax_needs_a_registration_for_it(string province, string rate, string tax)
    {
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("CA", "CA"), Consumer(province), "CAD", 2025, 6).Hold());
        Assert.Equal(
            ["CA GST S 5: 100.00 + 5.00", $"{province} PST S {rate}: 100.00 + {tax}"],
            Month(Seller("CA", "CA", province), Consumer(province), "CAD", 2025, 6).Told());
        Assert.Equal(["CA GST S 5: 100.00 + 5.00"], Month(Seller("CA", "CA", province + ":NotObliged"), Consumer(province), "CAD", 2025, 6).Told());
    }

    /// <remarks>Excise Tax Act, ss. 211.1 ff.: the simplified registration is for recipients that are not registered.</remarks>
    [Fact]
    public void Into_Canada_the_simplified_registration_charges_consumers()
    {
        var seller = Seller("DE", "DE", "CA:ForeignSupplier");
        Assert.Equal(["CA-ON HST S 13: 100.00 + 13.00"], Month(seller, Consumer("CA-ON"), "CAD", 2025, 6).Told());
        Assert.Equal("eu.outbound.services/ca.inbound.business", Month(seller, Business("CA-ON", "123026635RT0001"), "CAD", 2025, 6).Rule());
    }

    /// <remarks>Excise Tax Act, Sch. VI, Part V, ss. 7 and 22.1.</remarks>
    [Fact]
    public void From_Canada_services_to_abroad_are_zero_rated() => Assert.Equal(
        ["CA GST G 0: 100.00 + 0.00"], Month(Seller("CA", "CA"), Business("US-TX"), "CAD", 2025, 6).Told());
}
