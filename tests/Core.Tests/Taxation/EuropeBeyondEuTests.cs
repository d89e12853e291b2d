using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>United Kingdom, Switzerland, Norway.</summary>
public class EuropeBeyondEuTests
{
    /// <remarks>Value Added Tax Act 1994, s. 2(1): 20 %; HMRC, VAT Notice 700: of a price with VAT the fraction 1/6.</remarks>
    [Fact]
    public void In_the_United_Kingdom_a_sixth_of_a_price_with_VAT_is_VAT()
    {
        var outcome = Engine.Calculate(Request(
            Seller("GB", "GB"), Consumer("GB"), Day(2026, 1, 31), new(PricesIncludeTax: true),
            Line("120", "GBP", TaxClasses.Goods, SupplyPeriod.On(Day(2026, 1, 31)))));
        Assert.Equal(["GB VAT S 20: 100.00 + 20.00"], outcome.Told());
    }

    /// <remarks>Value Added Tax Act 1994, s. 8: reverse charge; Sch. 4A, para. 15: digital and telecommunication services to consumers; no
    /// threshold for sellers from abroad.</remarks>
    [Fact]
    public void Into_the_United_Kingdom_consumers_are_charged_and_businesses_are_not()
    {
        var business = Month(Seller("DE", "DE"), Business("GB", "GB980780684"), "GBP", 2026, 1);
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], business.Told());
        Assert.Equal("eu.outbound.services/gb.inbound.reverse_charge", business.Rule());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("DE", "DE", "DE:OssUnion"), Consumer("GB"), "GBP", 2026, 1).Hold());
        Assert.Equal(["GB VAT S 20: 100.00 + 20.00"], Month(Seller("DE", "DE", "GB"), Consumer("GB"), "GBP", 2026, 1).Told());
    }

    /// <remarks>VAT Notice 741A: the place of supply is where the customer belongs.</remarks>
    [Fact]
    public void From_the_United_Kingdom_to_the_EU_no_UK_VAT_is_due()
    {
        Assert.Equal(["GB VAT O 0: 100.00 + 0.00"], Month(Seller("GB", "GB"), Business("FR", "FR40303265045"), "GBP", 2026, 1).Told());
        Assert.Equal(
            ["FR VAT S 20: 100.00 + 20.00"], Month(Seller("GB", "GB", "IE:OssNonUnion"), Consumer("FR"), "GBP", 2026, 1).Told());
    }

    /// <remarks>MWSTG Art. 25(1): 7.7 %, since 1 January 2024 8.1 %.</remarks>
    [Theory]
    [InlineData(2023, 12, "7.7", "7.70")]
    [InlineData(2024, 1, "8.1", "8.10")]
    public void Switzerland_changed_its_rate_in_2024(int year, int month, string rate, string tax) => Assert.Equal(
        [$"CH VAT S {rate}: 100.00 + {tax}"], Month(Seller("CH", "CH"), Consumer("CH"), "CHF", year, month).Told());

    /// <remarks>MWSTG Art. 45(1)(a): acquisition tax only where the seller is not in the Swiss register; Art. 10(2)(b)(2): electronic and
    /// telecommunication services to consumers make the seller liable.</remarks>
    [Fact]
    public void Into_Switzerland_a_registered_seller_charges_businesses_too()
    {
        Assert.Equal(["CH VAT S 8.1: 100.00 + 8.10"], Month(Seller("DE", "DE", "CH"), Business("CH"), "CHF", 2026, 1).Told());
        var unregistered = Month(Seller("DE", "DE"), Business("CH"), "CHF", 2026, 1);
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], unregistered.Told());
        Assert.Equal(["acquisition_tax"], unregistered.Notes());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("DE", "DE"), Consumer("CH"), "CHF", 2026, 1).Hold());
        Assert.Equal(
            "eu.outbound.services/ch.inbound.not_obliged", Month(Seller("DE", "DE", "CH:NotObliged"), Consumer("CH"), "CHF", 2026, 1).Rule());
    }

    /// <remarks>Skatteetaten, VOEC: 25 % on remotely deliverable and electronic communication services to consumers; sales to businesses by
    /// reverse charge (Merverdiavgiftsloven §§ 3-30, 11-3).</remarks>
    [Fact]
    public void Into_Norway_VOEC_is_for_consumers()
    {
        var seller = Seller("DE", "DE", "NO:ForeignSupplier");
        var consumer = Month(seller, Consumer("NO"), "EUR", 2026, 1);
        Assert.Equal(["NO VAT S 25: 100.00 + 25.00"], consumer.Told());
        Assert.Equal("NOK", Assert.Single(consumer.Statement!.TaxCurrencies).Currency.Code);
        Assert.Equal("eu.outbound.services/no.inbound.reverse_charge", Month(seller, Business("NO", "988077917"), "EUR", 2026, 1).Rule());
        Assert.Equal(TaxHoldCodes.TaxNumberMissing, Month(seller, Business("NO"), "EUR", 2026, 1).Hold());
    }

    /// <remarks>Merverdiavgiftsloven § 6-22.</remarks>
    [Fact]
    public void From_Norway_services_for_use_abroad_are_free() => Assert.Equal(
        ["NO VAT G 0: 100.00 + 0.00"], Month(Seller("NO", "NO"), Business("DE", "DE136695976"), "NOK", 2026, 1).Told());
}
