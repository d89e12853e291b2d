namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Quantities without a finite decimal in the priced unit, at high prices. Found by the oracle.</summary>
public class ConvertedPriceTests
{
    /// <remarks>20 minutes are 1/3 h. 30,000 / 3 = 10,000; 4,504.5 / 3 = 1,501.5, a tie; 123,456,789 / 3 = 41,152,263.</remarks>
    [Theory]
    [InlineData("JPY", "30000", "down", "10000")]
    [InlineData("JPY", "30000", "up", "10000")]
    [InlineData("JPY", "4504.5", "halfAwayFromZero", "1502")]
    [InlineData("JPY", "123456789", "down", "41152263")]
    [InlineData("EUR", "4504.5", "halfAwayFromZero", "1501.50")]
    [InlineData("EUR", "-30000", "down", "-10000.00")]
    public void A_third_of_an_hour_costs_a_third_whatever_the_price(string currency, string price, string rounding, string amount)
    {
        var plan = Given.Compiled(
            $$"""{"id":"parking","meter":"ride","unit":"h","unitPrice":"{{price}}"}""", currency, $"\"rounding\":\"{rounding}\",");
        Assert.Equal(amount, Given.Rated(plan, "ride", Given.Month(2024, 6), 1_200m).Single().Amount.ToString());
    }

    /// <remarks>The second tier alone has the high price: 100 min are 5/3 h; 1 h at 1 and 2/3 h at 30,000 are 20,001.</remarks>
    [Fact]
    public void The_highest_price_of_all_tiers_tells_how_far_off_a_conversion_may_be()
    {
        var plan = Given.Compiled(
            """{"id":"parking","meter":"ride","unit":"h","model":"graduated","tiers":[{"upTo":"1","unitPrice":"1"},{"unitPrice":"30000"}]}""",
            "JPY", "\"rounding\":\"down\",");
        Assert.Equal("20001", Given.Rated(plan, "ride", Given.Month(2024, 6), 6_000m).Single().Amount.ToString());
    }
}
