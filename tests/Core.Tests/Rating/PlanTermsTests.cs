using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class PlanTermsTests
{
    private const string Two =
        """{"id":"a","meter":"units","unitPrice":"1"},{"id":"fee","amount":"30"}""";

    /// <remarks>Semantics 1, true-up: a line M - S; cap: the full charge plus a negative line.</remarks>
    [Theory]
    [InlineData("20", "minimum", "50.00")]
    [InlineData("70", null, null)]
    [InlineData("69.99", "minimum", "0.01")]
    [InlineData("120", null, null)]
    [InlineData("120.01", "maximum", "-0.01")]
    [InlineData("200", "maximum", "-80.00")]
    public void Minimum_and_maximum_of_a_subscription_are_lines_of_their_own(string quantity, string? id, string? amount)
    {
        var lines = Rate(Terms("\"minimum\":{\"amount\":\"100\"},\"maximum\":{\"amount\":\"150\"},"), Given.D(quantity));
        var line = lines.SingleOrDefault(l => l.ChargeId is "minimum" or "maximum");
        Assert.Equal((id, id, amount), (line?.ChargeId, line?.Kind, line?.Amount.ToString()));
        Assert.InRange(lines.Sum(l => l.Amount.ToDecimal()), 100m, 150m);
    }

    /// <remarks>20 of 30 days: 30 * 20/30 = 20 of the fee; the minimum is 100 * 20/30 = 66.67, the true-up 46.67. A maximum is whole
    /// unless it says otherwise.</remarks>
    [Theory]
    [InlineData("\"minimum\":{\"amount\":\"100\"},", "46.67")]
    [InlineData("\"minimum\":{\"amount\":\"100\",\"prorate\":false},", "80.00")]
    [InlineData("\"maximum\":{\"amount\":\"15\"},", "-5.00")]
    [InlineData("\"maximum\":{\"amount\":\"15\",\"prorate\":true},", "-10.00")]
    public void A_part_of_a_period_has_its_share_of_the_minimum_by_day(string terms, string amount)
    {
        var june = Given.Month(2024, 6);
        var active = new Interval(june.Start + Duration.FromDays(10), june.End);
        var line = PeriodRating.Rate(Terms(terms), june, active, Given.Utc, true, Given.NoUsage)[^1];
        Assert.Equal(amount, line.Amount.ToString());
        Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(s => s.Amount));
    }

    [Fact]
    public void A_charges_own_minimum_counts_first_and_is_prorated_when_it_says_so()
    {
        var plan = Given.Compiled(
            """{"id":"a","meter":"units","unitPrice":"1","minimum":"60","prorateBounds":true},{"id":"b","meter":"units","unitPrice":"1","minimum":"5"}""",
            "EUR", "\"minimum\":{\"amount\":\"90\"},");
        var june = Given.Month(2024, 6);
        var active = new Interval(june.Start + Duration.FromDays(10), june.End);
        var lines = PeriodRating.Rate(plan, june, active, Given.Utc, true, Given.NoUsage);
        Assert.Equal(["40.00", "5.00", "15.00"], lines.Select(l => l.Amount.ToString()));
        Assert.Contains("for 20 of 30 days", lines[0].Steps[^1].Text, StringComparison.Ordinal);
        Assert.Empty(PeriodRating.Rate(plan, june, new Interval(june.End, june.End), Given.Utc, true, Given.NoUsage));
    }

    /// <remarks>0.49 × 20/30 = 0.326666666666666667, which 100 000 000 000 less has 30 digits. Found by tests/oracle, seed 36695.</remarks>
    [Fact]
    public void Steps_down_to_a_share_of_a_maximum_add_up_however_big_the_amount_was()
    {
        var plan = Given.Compiled("""{"id":"a","meter":"units","unitPrice":"1","maximum":"0.49","prorateBounds":true}""");
        var june = Given.Month(2024, 6);
        var active = new Interval(june.Start + Duration.FromDays(10), june.End);
        var totals = Given.Totals(plan, "units", [(june.End - Duration.FromHours(1), 100_000_000_000m)]);
        var line = Assert.Single(PeriodRating.Rate(plan, june, active, Given.Utc, true, totals));
        Assert.Equal("0.33", line.Amount.ToString());
        Assert.Equal(0.33m, line.Steps.Sum(step => step.Amount));
    }

    /// <remarks>50 + 30. 10 % of 80 is 8, 5 off the fee, then 100 % of the fee is what is left of it: 30 - 3 - 5.</remarks>
    [Fact]
    public void Discounts_are_taken_in_order_each_from_what_is_left()
    {
        var plan = Terms(
            """
            "discounts":[{"id":"tenth","percent":"10"},{"id":"five","amount":"5","charges":["fee"]},{"id":"free","percent":"100","charges":["fee"]}],
            """);
        Assert.Equal(["50.00", "30.00", "-8.00", "-5.00", "-22.00"], Rate(plan, 50m).Select(l => l.Amount.ToString()));
    }

    [Theory]
    [InlineData("{\"id\":\"d\",\"amount\":\"1000\"}", "-80.00")]
    [InlineData("{\"id\":\"d\",\"amount\":\"1000\",\"charges\":[\"a\"]}", "-50.00")]
    [InlineData("{\"id\":\"d\",\"percent\":\"33.333\"}", "-26.67")]
    [InlineData("{\"id\":\"d\",\"percent\":\"0\"}", null)]
    public void A_discount_never_takes_more_than_there_is_and_is_rounded_once(string discount, string? amount)
    {
        var line = Rate(Terms($"\"discounts\":[{discount}],"), 50m).SingleOrDefault(l => l.Kind == "discount");
        Assert.Equal(amount, line?.Amount.ToString());
        Assert.Equal(line?.Amount.ToDecimal() ?? 0m, line?.Steps.Sum(s => s.Amount) ?? 0m);
    }

    [Fact]
    public void A_discount_comes_after_the_commitment_and_cannot_undo_a_maximum()
    {
        var promised = Terms("\"minimum\":{\"amount\":\"100\"},\"discounts\":[{\"id\":\"d\",\"percent\":\"10\"}],");
        Assert.Equal(90m, Rate(promised, 50m).Sum(l => l.Amount.ToDecimal()));
        var capped = Terms("\"maximum\":{\"amount\":\"40\"},\"discounts\":[{\"id\":\"d\",\"percent\":\"100\",\"charges\":[\"a\"]}],");
        Assert.Equal(0m, Rate(capped, 50m).Sum(l => l.Amount.ToDecimal()));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_discount_holds_for_the_first_periods_only(int before, bool due)
    {
        var plan = Terms("\"discounts\":[{\"id\":\"d\",\"percent\":\"10\",\"periods\":2}],");
        var june = Given.Month(2024, 6);
        var lines = PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, before == 0, Given.NoUsage, before);
        Assert.Equal(due, lines.Any(l => l.ChargeId == "d"));
    }

    /// <remarks>20 + 30 + true-up 50; with 40 late: 60 + 30 + 10. What is billed in the end is 100 either way.</remarks>
    [Fact]
    public void Late_usage_shrinks_the_true_up_it_was_billed_in_place_of()
    {
        var plan = Terms("\"minimum\":{\"amount\":\"100\"},");
        var late = LateUsage.Adjust(Rate(plan, 20m), Rate(plan, 60m));
        Assert.Equal([("a", "40.00"), ("minimum", "-40.00")], late.Select(l => (l.ChargeId, l.Amount.ToString())));
        late = LateUsage.Adjust(Rate(plan, 20m), Rate(plan, 100m));
        Assert.Equal([("a", "80.00"), ("minimum", "-50.00")], late.Select(l => (l.ChargeId, l.Amount.ToString())));
    }

    [Fact]
    public void Whatever_the_terms_the_bill_is_the_sum_of_its_lines_and_within_its_bounds() =>
        Gen.Select(Gen.Int[0, 30_000], Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 100].Array[0, 3], Gen.Int[0, 30_000]).Sample(
            (cents, minimum, more, percents, off) =>
            {
                var discounts = string.Join(',', percents.Select((p, i) =>
                    $$"""{"id":"p{{i}}","percent":{{p}}{{(i == 1 ? ",\"charges\":[\"a\"]" : "")}}}""").Append($$"""{"id":"off","amount":"{{T(off)}}"}"""));
                var bounds = $$"""
                    "minimum":{"amount":"{{T(minimum)}}"},"maximum":{"amount":"{{T(minimum + more)}}"},
                    """;
                var before = Rate(Terms(bounds), cents / 100m).Sum(l => l.Amount.ToDecimal());
                Assert.InRange(before, minimum / 100m, (minimum + more) / 100m);
                var after = Rate(Terms(bounds + $"\"discounts\":[{discounts}],"), cents / 100m);
                Assert.InRange(after.Sum(l => l.Amount.ToDecimal()), 0m, before);
                Assert.All(after, l => Assert.Equal(l.Amount.ToDecimal(), l.Steps.Sum(s => s.Amount)));
            }, iter: 500);

    private static string T(int cents) => DecimalText.Format(cents / 100m);

    private static CompiledPlan Terms(string terms) => Given.Compiled(Two, "EUR", terms);

    private static IReadOnlyList<RatedCharge> Rate(CompiledPlan plan, decimal quantity) =>
        Given.Rated(plan, "units", Given.Month(2024, 6), quantity);
}
