using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>What is not known is held, never guessed.</summary>
public class TaxHoldTests
{
    private static readonly TaxSeller German = Seller("DE", "DE", "DE:OssUnion");

    [Theory]
    [InlineData("BR")]
    [InlineData("XX")]
    [InlineData("de")]
    [InlineData("")]
    public void A_country_without_rules_is_held(string country)
    {
        var outcome = Month(German, new(new(country), BuyerKind.Consumer), "EUR", 2026, 1);
        Assert.Equal(country.Length == 0 ? TaxHoldCodes.BuyerCountryMissing : TaxHoldCodes.NoRules, outcome.Hold());
        Assert.Contains(country, outcome.Holds[0].Reason, StringComparison.Ordinal);
        Assert.Equal("1", outcome.Holds[0].LineId);
    }

    [Fact]
    public void So_is_a_seller_without_rules_and_a_buyer_without_a_country()
    {
        Assert.Equal(TaxHoldCodes.NoRules, Month(Seller("BR", "BR"), Consumer("DE"), "EUR", 2026, 1).Hold());
        Assert.Equal(TaxHoldCodes.BuyerCountryMissing, Month(German, new(null, BuyerKind.Business), "EUR", 2026, 1).Hold());
    }

    [Theory]
    [InlineData("groceries", TaxHoldCodes.ClassUnknown)]
    [InlineData(TaxClasses.Electricity, TaxHoldCodes.ClassNotCovered)]
    [InlineData("reduced_goods", TaxHoldCodes.ClassNotCovered)]
    public void A_class_that_is_unknown_here_is_held(string productClass, string code) =>
        Assert.Equal(code, Month(German, Consumer("DE"), "EUR", 2026, 1, productClass).Hold());

    [Theory]
    [InlineData("DE", "FR", TaxClasses.Electricity)]
    [InlineData("DE", "US-OR", TaxClasses.Services)]
    [InlineData("DE", "CH", TaxClasses.Goods)]
    [InlineData("JP", "US-OR", TaxClasses.Telecommunications)]
    public void A_supply_across_borders_that_is_not_covered_is_held(string seller, string buyer, string productClass) => Assert.Equal(
        TaxHoldCodes.SupplyNotCovered,
        Month(Seller(seller, seller, "DE:OssUnion", "DE:OssNonUnion"), Consumer(buyer), "EUR", 2026, 1, productClass).Hold());

    [Fact]
    public void One_line_without_an_answer_holds_the_whole_invoice_and_every_reason_is_told()
    {
        var day = SupplyPeriod.On(Day(2026, 1, 31));
        var outcome = Engine.Calculate(Request(
            German, Consumer("DE"), Day(2026, 1, 31), null,
            Line("1", "EUR", TaxClasses.Services, day, "a"), Line("1", "EUR", "unheard", day, "b"),
            Line("1", "EUR", TaxClasses.Electricity, day, "c")));
        Assert.True(outcome.IsHeld);
        Assert.Equal([("b", TaxHoldCodes.ClassUnknown), ("c", TaxHoldCodes.ClassNotCovered)], outcome.Holds.Select(h => (h.LineId, h.Code)));
    }

    [Fact]
    public void What_is_no_supply_is_never_taxed()
    {
        var outcome = Month(German, new(null, BuyerKind.Consumer), "EUR", 2026, 1, TaxClasses.NotASupply);
        Assert.Equal(["DE VAT O 0: 100.00 + 0.00"], outcome.Told());
        Assert.Equal("common.not_a_supply", outcome.Rule());
    }

    [Fact]
    public void The_place_of_a_line_goes_before_that_of_the_buyer()
    {
        var line = Line("100", "EUR", TaxClasses.Telecommunications, SupplyPeriod.On(Day(2026, 1, 31))) with { Place = new("AT") };
        Assert.Equal(["AT VAT S 20: 100.00 + 20.00"], Engine.Calculate(Request(German, Consumer("DE"), Day(2026, 1, 31), null, line)).Told());
    }

    [Fact]
    public void An_amount_beyond_the_limit_is_held_and_the_largest_is_exact()
    {
        var currency = Currency.FromCode("EUR");
        TaxOutcome Of(long units) => Engine.Calculate(Request(
            German, Consumer("DE"), Day(2026, 1, 31), null,
            new TaxableLine("1", new(units, currency), TaxClasses.Services, SupplyPeriod.On(Day(2026, 1, 31)))));
        Assert.Equal(TaxHoldCodes.AmountTooLarge, Of(TaxLimits.AmountBelow).Hold());
        Assert.Equal(TaxHoldCodes.AmountTooLarge, Of(long.MinValue).Hold());
        Assert.Equal(190_000_000_000_000, Of(TaxLimits.AmountBelow - 1).Statement!.Tax.MinorUnits);
    }

    [Fact]
    public void A_request_that_contradicts_itself_is_refused()
    {
        var day = SupplyPeriod.On(Day(2026, 1, 31));
        var line = Line("1", "EUR", TaxClasses.Services, day);
        Assert.Throws<ArgumentException>(() => Engine.Calculate(Request(German, Consumer("DE"), Day(2026, 1, 31), null)));
        Assert.Throws<ArgumentException>(() => Engine.Calculate(Request(German, Consumer("DE"), Day(2026, 1, 31), null, line, line)));
        Assert.Throws<ArgumentException>(
            () => Engine.Calculate(Request(German, Consumer("DE"), Day(2026, 1, 31), null, line, Line("1", "USD", TaxClasses.Services, day, "2"))));
        Assert.Throws<ArgumentException>(() => Engine.Calculate(Request(German, Consumer("DE"), Day(2026, 1, 31), null, line with { Id = "" })));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupplyPeriod(Day(2026, 1, 2), Day(2026, 1, 1)));
    }
}
