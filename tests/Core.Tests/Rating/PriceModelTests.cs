using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class PriceModelTests
{
    /// <remarks>Semantics 1, graduated tiers: (0,100] 1.00 + flat 10, above 0.50 + flat 5.</remarks>
    [Theory]
    [InlineData("0", null)]
    [InlineData("100", "110.00")]
    [InlineData("101", "115.50")]
    [InlineData("150", "140.00")]
    [InlineData("100.5", "115.25")]
    public void Graduated_tiers_price_each_unit_in_its_tier(string quantity, string? amount) =>
        Check(Tiered("graduated"), quantity, amount);

    /// <remarks>Semantics 1, volume tiers: the same tiers; it can fall when usage rises.</remarks>
    [Theory]
    [InlineData("0", null)]
    [InlineData("100", "110.00")]
    [InlineData("100.000001", "55.00")]
    [InlineData("101", "55.50")]
    [InlineData("150", "80.00")]
    public void Volume_tiers_price_every_unit_in_the_tier_of_the_total(string quantity, string? amount) =>
        Check(Tiered("volume"), quantity, amount);

    /// <remarks>Semantics 1, package: size 100, price 5, free 50.</remarks>
    [Theory]
    [InlineData("50", "0.00")]
    [InlineData("51", "5.00")]
    [InlineData("150", "5.00")]
    [InlineData("150.000000000001", "10.00")]
    [InlineData("151", "10.00")]
    public void Packages_are_sold_whole(string quantity, string? amount) => Check(
        """{"id":"c","meter":"units","model":"package","packageSize":"100","packagePrice":"5","freeUnits":"50"}""",
        quantity, amount);

    /// <remarks>Semantics 1, stairstep: up to 100 20; up to 500 60; up to 2000 150.</remarks>
    [Theory]
    [InlineData("0", null)]
    [InlineData("1", "20.00")]
    [InlineData("100", "20.00")]
    [InlineData("101", "60.00")]
    [InlineData("2001", "400.00")]
    public void A_stairstep_bracket_has_one_price(string quantity, string? amount) => Check(
        """{"id":"c","meter":"units","model":"stairstep","tiers":[{"upTo":"100","flatFee":"20"},{"upTo":"500","flatFee":"60"},{"upTo":"2000","flatFee":"150"},{"flatFee":"400"}]}""",
        quantity, amount);

    /// <remarks>Stripe, "Set up tiered pricing": 1-5 7 USD, 6-10 6.5 USD, 11+ 6 USD.</remarks>
    [Theory]
    [InlineData("volume", "1", "7.00")]
    [InlineData("volume", "5", "35.00")]
    [InlineData("volume", "6", "39.00")]
    [InlineData("volume", "20", "120.00")]
    [InlineData("volume", "25", "150.00")]
    [InlineData("graduated", "1", "7.00")]
    [InlineData("graduated", "5", "35.00")]
    [InlineData("graduated", "6", "41.50")]
    [InlineData("graduated", "20", "127.50")]
    [InlineData("graduated", "25", "157.50")]
    public void Stripes_published_examples_hold(string model, string quantity, string amount) => Check(
        $$"""{"id":"c","meter":"units","model":"{{model}}","tiers":[{"upTo":"5","unitPrice":"7"},{"upTo":"10","unitPrice":"6.5"},{"upTo":null,"unitPrice":"6"}]}""",
        quantity, amount);

    /// <remarks>Lago, "Volume": 65,000 API calls at 0.0006 + 10 cost 49.</remarks>
    [Fact]
    public void Lagos_volume_example_holds() => Check(
        """{"id":"c","meter":"units","model":"volume","tiers":[{"upTo":"10000","unitPrice":"0.0010","flatFee":"10"},{"upTo":"50000","unitPrice":"0.0008","flatFee":"10"},{"upTo":"100000","unitPrice":"0.0006","flatFee":"10"},{"unitPrice":"0.0004","flatFee":"10"}]}""",
        "65000", "49.00");

    [Fact]
    public void The_first_flat_fee_is_due_at_zero_only_when_the_charge_says_so()
    {
        var charge = Tiered("graduated").Replace("\"model\"", "\"firstFlatAtZero\":true,\"model\"", StringComparison.Ordinal);
        Check(charge, "0", "10.00");
        Check(charge, "1", "11.00");
        Check(charge.Replace("graduated", "volume", StringComparison.Ordinal), "0", "10.00");
    }

    [Fact]
    public void A_fixed_amount_is_due_with_any_usage()
    {
        Check("""{"id":"c","meter":"units","model":"flat","amount":"9.99"}""", "0", null);
        Check("""{"id":"c","meter":"units","model":"flat","amount":"9.99"}""", "0.001", "9.99");
    }

    [Theory]
    [InlineData("5", "10.00", "minimum")]
    [InlineData("0", "10.00", "minimum")]
    [InlineData("50", "50.00", null)]
    [InlineData("120", "100.00", "maximum")]
    public void Minimum_and_maximum_bound_the_amount_and_show_why(string quantity, string amount, string? step)
    {
        const string Charge = """{"id":"c","meter":"units","model":"perUnit","unitPrice":"1","minimum":"10","maximum":"100"}""";
        Check(Charge, quantity, amount);
        Assert.Equal(step, Line(Charge, quantity)!.Steps.Select(s => s.Kind).LastOrDefault(kind => kind != StepKinds.Price));
    }

    [Fact]
    public void The_cap_is_shown_as_the_full_charge_and_a_negative_step()
    {
        var line = Line("""{"id":"c","meter":"units","model":"perUnit","unitPrice":"1","maximum":"100"}""", "120")!;
        Assert.Equal([120m, -20m], line.Steps.Select(s => s.Amount));
    }

    [Fact]
    public void Free_quantity_comes_first_then_tiers_then_discount_then_the_minimum()
    {
        var charge = Tiered("graduated").Replace(
            "\"model\"", "\"freeQuantity\":\"20\",\"discountPercent\":\"10\",\"model\"", StringComparison.Ordinal);
        var line = Line(charge, "170")!;
        Assert.Equal(126m, line.ExactAmount);
        Assert.Equal(170m, line.Quantity);
        Assert.Equal(
            ["free", "tier", "flatFee", "tier", "flatFee", "discount"], line.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void The_amount_is_rounded_once_and_the_difference_is_a_step()
    {
        var line = Line("""{"id":"c","meter":"units","model":"perUnit","unitPrice":"0.005"}""", "3")!;
        Assert.Equal((0.015m, "0.02"), (line.ExactAmount, line.Amount.ToString()));
        Assert.Equal((StepKinds.Rounding, 0.005m), (line.Steps[^1].Kind, line.Steps[^1].Amount));
    }

    private static void Check(string charge, string quantity, string? amount)
    {
        var line = Line(charge, quantity);
        Assert.Equal(amount, line?.Amount.ToString());
        Assert.Equal(line?.Amount.ToDecimal() ?? 0m, line?.Steps.Sum(step => step.Amount) ?? 0m);
    }

    private static RatedCharge? Line(string charge, string quantity)
    {
        Assert.True(DecimalText.TryParse(quantity, out var value));
        return Given.Line(charge, value);
    }

    private static string Tiered(string model) =>
        $$"""{"id":"c","meter":"units","model":"{{model}}","tiers":[{"upTo":"100","unitPrice":"1.00","flatFee":"10"},{"unitPrice":"0.50","flatFee":"5"}]}""";
}
