using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>A share of a period without a finite decimal, then a percentage of it. Found by the oracle.</summary>
public class DiscountedShareTests
{
    /// <remarks>10.00 for 10 of 30 days is 10/3; 97 % off leave 3 % of it, 0.10. 1.15 less 70 % of 10 of 30 days: 0.115, a
    /// tie.</remarks>
    [Theory]
    [InlineData("10", "97", "down", "0.10")]
    [InlineData("10", "97", "up", "0.10")]
    [InlineData("1.15", "70", "halfEven", "0.12")]
    [InlineData("-1.15", "70", "halfAwayFromZero", "-0.12")]
    public void A_discounted_share_that_is_a_short_decimal_is_rounded_as_that(
        string amount, string percent, string rounding, string expected)
    {
        var plan = Given.Compiled(
            $$"""{"id":"fee","amount":"{{amount}}","discountPercent":"{{percent}}"}""", "EUR", $"\"rounding\":\"{rounding}\",");
        var june = Given.Month(2025, 6);
        var active = new Interval(june.End - Duration.FromDays(10), june.End);
        var line = PeriodRating.Rate(plan, june, active, Given.Utc, false, Given.NoUsage).Single();
        Assert.Equal(expected, line.Amount.ToString());
    }
}
