using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class PercentageTests
{
    private const string Limits =
        """{"id":"c","meter":"payments","model":"percentage","ratePercent":"2.5","fixedFee":"0.10","minimumPerEvent":"0.50","maximumPerEvent":"10"}""";

    /// <remarks>Semantics 1, percentage: 2.5 %, fixed 0.10, min 0.50, max 10: 5 costs 0.225, so 0.50; 1000 costs 25.10, so
    /// 10.00.</remarks>
    [Theory]
    [InlineData("0.50", "5")]
    [InlineData("10.00", "1000")]
    [InlineData("2.60", "100")]
    [InlineData("13.10", "5", "1000", "100")]
    [InlineData("0.50", "0")]
    public void Each_transaction_has_its_own_minimum_and_maximum(string amount, params string[] values) =>
        Check(Limits, amount, values);

    /// <remarks>Upvest, "Designing your transaction fee model": 1 % per order, not less than 1 EUR, not more than 100 EUR.</remarks>
    [Theory]
    [InlineData("1.00", "50")]
    [InlineData("5.00", "500")]
    [InlineData("100.00", "20000")]
    public void Upvests_order_fee_holds(string amount, string value) => Check(
        """{"id":"c","meter":"payments","model":"percentage","ratePercent":"1","minimumPerEvent":"1","maximumPerEvent":"100"}""",
        amount, value);

    /// <remarks>Stripe's card price as Lago's template states it: 2.9 % and 0.30 a payment: 2.9 + 0.3; 2.9 + 1.45 + 2 * 0.3.</remarks>
    [Theory]
    [InlineData("3.20", "100")]
    [InlineData("4.95", "100", "50")]
    public void Stripes_card_price_holds(string amount, params string[] values) => Check(
        """{"id":"c","meter":"payouts","model":"percentage","ratePercent":"2.9","fixedFee":"0.30"}""", amount, values, "USD");

    /// <remarks>Lago's parameters (1.2 %, 0.10, 3 events and 500 free) under the rule that does not depend on arrival:
    /// 0.1 * (4 - 3) + 1.2 % of max(0, 450 - 500), and 0.1 * 2 + 1.2 % of 150.</remarks>
    [Theory]
    [InlineData("0.10", "200", "100", "100", "50")]
    [InlineData("2.00", "200", "100", "100", "50", "200")]
    [InlineData("0.00", "200", "100")]
    public void Free_events_save_the_fee_and_free_value_saves_the_rate(string amount, params string[] values) => Check(
        """{"id":"c","meter":"payments","model":"percentage","ratePercent":"1.2","fixedFee":"0.10","freeEvents":"3","freeAmount":"500"}""",
        amount, values);

    /// <remarks>Semantics 1, graduated percentage: 2 % to 1000, then 1 %: 1500 costs 25.00. Tiers are (from, to].</remarks>
    [Theory]
    [InlineData("1500", "25.00")]
    [InlineData("1000", "20.00")]
    [InlineData("1001", "20.01")]
    [InlineData("0.5", "0.01")]
    public void Graduated_percentages_walk_the_value(string value, string amount) => Check(
        """{"id":"c","meter":"payments","model":"graduatedPercentage","tiers":[{"upTo":"1000","ratePercent":"2"},{"ratePercent":"1"}]}""",
        amount, value);

    /// <remarks>Lago, "Graduated percentage": 205 + 306 + 80 for 500, 550 and 4000 at 1 % + 200 to 1000, 2 % + 300 to 10000,
    /// 3 % + 400.</remarks>
    [Theory]
    [InlineData("205.00", "500")]
    [InlineData("511.00", "500", "550")]
    [InlineData("591.00", "500", "550", "4000")]
    public void Lagos_graduated_percentage_example_holds(string amount, params string[] values) => Check(
        """{"id":"c","meter":"payouts","model":"graduatedPercentage","tiers":[{"upTo":"1000","ratePercent":"1","flatFee":"200"},{"upTo":"10000","ratePercent":"2","flatFee":"300"},{"ratePercent":"3","flatFee":"400"}]}""",
        amount, values, "USD");

    /// <remarks>Semantics 1, dynamic: the sum of amount * (1 + markup), capped per event: 8 * 1.15 = 9.20; min(5, 20 * 1.15) = 5;
    /// max(0.5, 0.01 * 1.15) = 0.50.</remarks>
    [Theory]
    [InlineData("", "32.20", "8", "20")]
    [InlineData(",\"maximumPerEvent\":\"10\"", "19.20", "8", "20")]
    [InlineData(",\"maximumPerEvent\":\"5\",\"minimumPerEvent\":\"0.5\"", "5.50", "0.01", "20")]
    public void The_event_carries_its_price_and_each_stays_within_its_limits(
        string limits, string amount, params string[] values) => Check(
        $$"""{"id":"c","meter":"payments","model":"dynamic","markupPercent":"15"{{limits}}}""", amount, values);

    [Theory]
    [InlineData("\"ratePercent\":\"2.5\",\"fixedFee\":\"0.1\"", "2.6")]
    [InlineData("\"ratePercent\":\"2.5\",\"fixedFee\":\"0.1\",\"maximumPerEvent\":\"2\"", "2")]
    [InlineData("\"ratePercent\":\"2.5\",\"fixedFee\":\"0.1\",\"freeEvents\":\"1\"", null)]
    [InlineData("\"ratePercent\":\"2.5\",\"freeAmount\":\"1\"", null)]
    public void The_money_of_one_transaction_is_told_where_it_does_not_depend_on_others(string parameters, string? charge)
    {
        var plan = Given.Compiled($$"""{"id":"c","meter":"payments","model":"percentage",{{parameters}}}""");
        var into = new List<Contribution>();
        Assert.Null(plan.Contribute("payments", Instant.FromUtc(2024, 6, 1, 0, 0), 100m, [], Given.Utc, into));
        Assert.Equal(charge, into.Single().UnroundedCharge is { } alone ? DecimalText.Format(alone) : null);
    }

    [Fact]
    public void An_absurd_transaction_is_refused_and_not_rounded() => Assert.Equal(
        RatingReasons.Inexact,
        Given.Compiled("""{"id":"c","meter":"payments","model":"dynamic","markupPercent":"0.000000000001"}""").Contribute(
            "payments", default, 999_999_999_999_999.999999999999m, [], Given.Utc, []));

    /// <remarks>The other way round: the naive sum over single events, in any order, is what the totals come to.</remarks>
    [Fact]
    public void Any_order_and_grouping_of_transactions_costs_the_sum_of_each()
    {
        var june = Given.Month(2024, 6);
        Gen.Select(Gen.Int[0, 200_000].Array[1, 30], Gen.Int[0, 300], Gen.Int[0, 50], Gen.Int[0, 100], Gen.Int[100, 900]).Sample(
            (cents, rate, fee, least, most) =>
            {
                var plan = Given.Compiled(
                    $$"""{"id":"c","meter":"payments","model":"percentage","ratePercent":"{{T(rate)}}","fixedFee":"{{T(fee)}}","minimumPerEvent":"{{T(least)}}","maximumPerEvent":"{{T(most)}}"}""");
                var expected = cents.Sum(c => Math.Max(least / 100m, Math.Min(most / 100m, (c / 100m * rate / 10_000m) + (fee / 100m))));
                var values = cents.Select(c => c / 100m).ToArray();
                var (front, back) = (Given.Rated(plan, "payments", june, values), Given.Rated(plan, "payments", june, [.. values.Reverse()]));
                return front.Single().ExactAmount == expected && back.Single().ExactAmount == expected
                    && front.Single().Steps.Sum(s => s.Amount) == front.Single().Amount.ToDecimal();
            }, iter: 500);
    }

    private static string T(int hundredths) => DecimalText.Format(hundredths / 100m);

    private static void Check(string charge, string amount, params string[] values) => Check(charge, amount, values, "EUR");

    private static void Check(string charge, string amount, string[] values, string currency)
    {
        var plan = Given.Compiled(charge, currency);
        var line = Given.Rated(plan, plan.Meters.Single(), Given.Month(2024, 6), [.. values.Select(Given.D)]).Single();
        Assert.Equal(amount, line.Amount.ToString());
        Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(step => step.Amount));
        Assert.Equal(values.Length, line.Events);
    }
}
