using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <remarks>Directive 2006/112/EC; Implementing Regulation (EU) No 282/2011; European Commission, Explanatory notes on the EU VAT changes to
/// the place of supply of telecommunications, broadcasting and electronic services (2014).</remarks>
public class EuVatTests
{
    private static readonly TaxSeller German = Seller("DE", "DE", "DE:OssUnion");

    /// <remarks>Art. 45/58 with 31: seller and customer in one state. § 12(1) UStG: 19 %.</remarks>
    [Theory]
    [InlineData(BuyerKind.Consumer)]
    [InlineData(BuyerKind.Business)]
    public void At_home_everybody_pays_the_tax_of_the_state(BuyerKind kind)
    {
        var outcome = Month(German, new(Place("DE"), kind), "EUR", 2026, 1);
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], outcome.Told());
        Assert.Equal("eu.domestic", outcome.Rule());
        Assert.Empty(outcome.Statement!.TaxCurrencies);
    }

    /// <remarks>Art. 44 and 196; the words of Art. 226(11a); BR-AE of EN 16931.</remarks>
    [Fact]
    public void A_business_of_another_state_owes_the_tax_itself()
    {
        var outcome = Month(German, Business("AT", "ATU13585627"), "EUR", 2026, 1);
        Assert.Equal(["DE VAT AE 0: 100.00 + 0.00"], outcome.Told());
        var subtotal = Assert.Single(outcome.Statement!.Breakdown);
        Assert.Equal(("eu.b2b.reverse_charge", "VATEX-EU-AE", "reverse_charge"), (subtotal.Key.Rule, subtotal.Key.VatexCode, subtotal.Key.ReasonKey));
        Assert.Contains("Arts. 44 and 196", subtotal.Explanation.RuleSource, StringComparison.Ordinal);
        Assert.Equal(["reverse_charge"], outcome.Notes());
        Assert.Equal("Steuerschuldnerschaft des Leistungsempfängers", TaxWordings.Text("reverse_charge", "de"));
        Assert.Equal("Reverse charge", TaxWordings.Text("reverse_charge", "xx"));
        Assert.Equal(10_000, outcome.Statement.Gross.MinorUnits);
    }

    /// <remarks>Regulation 282/2011, Art. 18(1)(a): the seller obtains confirmation of the number.</remarks>
    [Fact]
    public void A_number_that_no_register_confirmed_is_told_to_the_seller()
    {
        var outcome = Month(German, Business("AT", "ATU13585627") with { TaxNumberCheck = TaxNumberCheck.NotAsked }, "EUR", 2026, 1);
        Assert.Equal(["number_not_confirmed", "reverse_charge"], outcome.Notes());
        Assert.Equal([false, true], outcome.Statement!.Notes.Select(n => n.IsRequired));
    }

    [Theory]
    [InlineData("ATU13585626", TaxNumberCheck.NotAsked)]
    [InlineData("DE136695976", TaxNumberCheck.Confirmed)]
    [InlineData("ATU13585627", TaxNumberCheck.Refused)]
    public void A_wrong_number_holds_the_invoice(string number, TaxNumberCheck check) => Assert.Equal(
        TaxHoldCodes.TaxNumberInvalid,
        Month(German, Business("AT", number) with { TaxNumberCheck = check }, "EUR", 2026, 1).Hold());

    /// <remarks>Regulation 282/2011, Art. 18(2), second subparagraph: who communicates no number may be regarded as a non-taxable
    /// person, for these services only.</remarks>
    [Fact]
    public void A_business_without_a_number_is_taxed_as_a_consumer_for_telecommunications_only()
    {
        Assert.Equal(["FR VAT S 20: 100.00 + 20.00"], Month(German, Business("FR"), "EUR", 2026, 1).Told());
        Assert.Equal(
            TaxHoldCodes.TaxNumberMissing, Month(German, Business("FR"), "EUR", 2026, 1, TaxClasses.Services).Hold());
    }

    /// <remarks>Art. 58 and, by OSS, Arts. 369a–369k.</remarks>
    [Theory]
    [InlineData(TaxClasses.Telecommunications)]
    [InlineData(TaxClasses.ElectronicServices)]
    public void A_consumer_of_another_state_pays_the_tax_of_that_state(string productClass)
    {
        var outcome = Month(German, Consumer("HU"), "EUR", 2026, 1, productClass);
        Assert.Equal(["HU VAT S 27: 100.00 + 27.00"], outcome.Told());
        Assert.Equal("eu.b2c.remote", outcome.Rule());
        var shown = Assert.Single(outcome.Statement!.TaxCurrencies);
        Assert.Equal(("HU", "HUF"), (shown.Jurisdiction, shown.Currency.Code));
    }

    [Fact]
    public void Without_OSS_a_registration_in_the_state_does_and_without_both_the_invoice_is_held()
    {
        Assert.Equal(["HU VAT S 27: 100.00 + 27.00"], Month(Seller("DE", "DE", "HU"), Consumer("HU"), "EUR", 2026, 1).Told());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("DE", "DE"), Consumer("HU"), "EUR", 2026, 1).Hold());
    }

    [Fact]
    public void A_registration_counts_on_its_days_only()
    {
        var seller = new TaxSeller(Place("DE"), [new("DE", TaxRegistrationKind.Ordinary, null, Day(2026, 1, 31), Day(2026, 2, 28))]);
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], Month(seller, Consumer("DE"), "EUR", 2026, 1).Told());
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], Month(seller, Consumer("DE"), "EUR", 2026, 2).Told());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(seller, Consumer("DE"), "EUR", 2026, 3).Hold());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(seller, Consumer("DE"), "EUR", 2025, 12).Hold());
    }

    /// <remarks>Art. 59c: up to EUR 10,000 a year the place is that of the seller.</remarks>
    [Fact]
    public void A_seller_within_the_threshold_charges_its_own_tax()
    {
        var outcome = Month(Seller("DE", "DE") with { UsesEuThreshold = true }, Consumer("HU"), "EUR", 2026, 1);
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], outcome.Told());
        Assert.Equal("eu.b2c.threshold", outcome.Rule());
    }

    /// <remarks>Art. 45.</remarks>
    [Fact]
    public void Other_services_to_consumers_are_taxed_at_the_sellers()
    {
        var outcome = Month(German, Consumer("HU"), "EUR", 2026, 1, TaxClasses.Services);
        Assert.Equal(["DE VAT S 19: 100.00 + 19.00"], outcome.Told());
        Assert.Equal("eu.b2c.services", outcome.Rule());
    }

    /// <remarks>Art. 138; BR-IC.</remarks>
    [Fact]
    public void Goods_to_a_business_of_another_state_are_exempt()
    {
        var outcome = Month(German, Business("AT", "ATU13585627"), "EUR", 2026, 1, TaxClasses.Goods);
        Assert.Equal(["DE VAT K 0: 100.00 + 0.00"], outcome.Told());
        Assert.Equal("VATEX-EU-IC", outcome.Statement!.Breakdown[0].Key.VatexCode);
    }

    /// <remarks>Windsor Framework, Art. 8 and Annex 3: for goods, not for services.</remarks>
    [Fact]
    public void Northern_Ireland_counts_as_a_state_for_goods()
    {
        var buyer = new TaxBuyer(new("GB", null, "BT1 1AA"), BuyerKind.Business, "XI980780684", TaxNumberCheck.Confirmed);
        Assert.Equal(["DE VAT K 0: 100.00 + 0.00"], Month(German, buyer, "EUR", 2026, 1, TaxClasses.Goods).Told());
        var service = buyer with { TaxNumber = "GB980780684" };
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], Month(German, service, "EUR", 2026, 1).Told());
    }

    /// <remarks>Arts. 44 and 58: the place is outside the EU; Art. 146 for goods.</remarks>
    [Fact]
    public void What_leaves_the_EU_is_not_taxed_there()
    {
        var service = Month(German, Business("US-OR"), "EUR", 2026, 1);
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], service.Told());
        Assert.Equal("eu.outbound.services/us.no_nexus", service.Rule());
        Assert.Contains("Wayfair", service.Statement!.Breakdown[0].Explanation.RuleSource, StringComparison.Ordinal);
        Assert.Equal(["DE VAT G 0: 100.00 + 0.00"], Month(German, Business("CH"), "EUR", 2026, 1, TaxClasses.Goods).Told());
    }

    /// <remarks>Arts. 44 and 196 for businesses, 58 with 358a–369 for consumers.</remarks>
    [Fact]
    public void A_seller_from_outside_charges_consumers_by_the_non_Union_scheme()
    {
        Assert.Equal(
            ["IE VAT S 23: 100.00 + 23.00"], Month(Seller("US", "IE:OssNonUnion"), Consumer("IE"), "USD", 2026, 1).Told());
        Assert.Equal(TaxHoldCodes.SellerNotRegistered, Month(Seller("US", "IE:OssUnion"), Consumer("IE"), "USD", 2026, 1).Hold());
        var business = Month(Seller("US"), Business("IE", "IE6433435F"), "USD", 2026, 1);
        Assert.Equal(["US SALES O 0: 100.00 + 0.00"], business.Told());
        Assert.Equal(["reverse_charge"], business.Notes());
    }

    /// <remarks>Arts. 6 and 7: territories outside the scope, or inside it with a rate of their own.</remarks>
    [Theory]
    [InlineData("ES", "35001")]
    [InlineData("PT", "9000-015")]
    [InlineData("FR", "97400")]
    [InlineData("FI", "22100")]
    [InlineData("DE", "27498")]
    [InlineData("AT", "6991")]
    [InlineData("IT", "23041")]
    [InlineData("GR", "630 86")]
    public void Territories_with_rules_of_their_own_hold_the_invoice(string country, string postalCode) => Assert.Equal(
        TaxHoldCodes.SpecialTerritory, Month(German, Consumer(country, postalCode), "EUR", 2026, 1).Hold());

    /// <remarks>Art. 7(1): Monaco is treated as France.</remarks>
    [Fact]
    public void Monaco_pays_as_France() =>
        Assert.Equal(["FR VAT S 20: 100.00 + 20.00"], Month(German, Consumer("MC"), "EUR", 2026, 1).Told());

    /// <remarks>European Commission, Taxes in Europe Database, standard rates; for 2020 Zweites Corona-Steuerhilfegesetz, Art. 3.</remarks>
    [Theory]
    [InlineData("DE", 2020, 6, "19")]
    [InlineData("DE", 2020, 7, "16")]
    [InlineData("DE", 2020, 12, "16")]
    [InlineData("DE", 2021, 1, "19")]
    [InlineData("IE", 2020, 8, "23")]
    [InlineData("IE", 2020, 9, "21")]
    [InlineData("IE", 2021, 2, "21")]
    [InlineData("IE", 2021, 3, "23")]
    [InlineData("LU", 2022, 12, "17")]
    [InlineData("LU", 2023, 1, "16")]
    [InlineData("LU", 2024, 1, "17")]
    [InlineData("EE", 2023, 12, "20")]
    [InlineData("EE", 2024, 1, "22")]
    [InlineData("EE", 2025, 6, "22")]
    [InlineData("EE", 2025, 7, "24")]
    [InlineData("FI", 2024, 8, "24")]
    [InlineData("FI", 2024, 9, "25.5")]
    [InlineData("SK", 2024, 12, "20")]
    [InlineData("SK", 2025, 1, "23")]
    [InlineData("RO", 2025, 7, "19")]
    [InlineData("RO", 2025, 8, "21")]
    public void A_rate_holds_on_its_days(string country, int year, int month, string rate) => Assert.StartsWith(
        $"{country} VAT S {rate}: ", Month(Seller(country, country), Consumer(country), "EUR", year, month).Told()[0],
        StringComparison.Ordinal);

    /// <remarks>The same source, standard rates of 1 January 2026.</remarks>
    [Theory]
    [InlineData(
        "AT 20 BE 21 BG 20 CY 19 CZ 21 DE 19 DK 25 EE 24 ES 21 FI 25.5 FR 20 GR 24 HR 25 HU 27 IE 23 IT 22 LT 21 LU 17 LV 21 MT 18 NL 21 PL 23 "
        + "PT 23 RO 21 SE 25 SI 22 SK 23")]
    public void Every_state_has_its_standard_rate(string rates)
    {
        var words = rates.Split(' ');
        Assert.Equal(54, words.Length);
        foreach (var (state, rate) in words.Chunk(2).Select(pair => (pair[0], pair[1])))
        {
            var seller = state == "DE" ? Seller("AT", "AT", "AT:OssUnion") : German;
            Assert.StartsWith($"{state} VAT S {rate}: ", Month(seller, Consumer(state), "EUR", 2026, 1).Told()[0], StringComparison.Ordinal);
        }
    }
}
