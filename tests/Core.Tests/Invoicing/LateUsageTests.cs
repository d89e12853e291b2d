using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Invoicing;

public class LateUsageTests
{
    private static readonly CompiledPlan Plan = Given.Compiled(
        """
        {"id":"fee","amount":"10"},
        {"id":"c","meter":"units","model":"volume","tiers":[{"upTo":"100","unitPrice":"1.00","flatFee":"10"},{"unitPrice":"0.50","flatFee":"5"}]},
        {"id":"fine","meter":"units","unitPrice":"0.001"}
        """);

    [Fact]
    public void Late_usage_costs_the_difference_of_the_whole_period_and_may_be_a_credit()
    {
        var adjustments = LateUsage.Adjust(Rated(100m), Rated(101m));
        Assert.Equal(["c", "fine"], adjustments.Select(a => a.ChargeId));
        Assert.Equal(("-54.50", 1m, "lateUsage"), (adjustments[0].Amount.ToString(), adjustments[0].Quantity, adjustments[0].Kind));
        Assert.Equal([55.5m, -110m], adjustments[0].Steps.Select(step => step.Amount));
        Assert.Equal("0.00", adjustments[1].Amount.ToString());
    }

    [Fact]
    public void Usage_of_a_charge_that_had_no_line_is_billed_whole_and_taken_back_whole()
    {
        Assert.Equal(["60.00", "0.05"], LateUsage.Adjust(Rated(), Rated(50m)).Select(a => a.Amount.ToString()));
        Assert.Equal(["-60.00", "-0.05"], LateUsage.Adjust(Rated(50m), Rated()).Select(a => a.Amount.ToString()));
    }

    [Fact]
    public void Nothing_late_adjusts_nothing() => Assert.Empty(LateUsage.Adjust(Rated(100m), Rated(100m)));

    [Fact]
    public void However_usage_is_spread_over_invoices_they_add_up_to_the_whole_period() =>
        Gen.Long[0, 60_000].Array[1, 8].Sample(parts =>
        {
            var usage = Array.ConvertAll(parts, p => p / 1_000m);
            var billed = Rated([]).ToDictionary(c => c.ChargeId, c => c.Amount.MinorUnits);
            for (var i = 1; i <= usage.Length; i++)
            {
                foreach (var late in LateUsage.Adjust(Rated(usage[..(i - 1)]), Rated(usage[..i])))
                {
                    billed[late.ChargeId] = billed.GetValueOrDefault(late.ChargeId) + late.Amount.MinorUnits;
                }
            }

            return Rated(usage).All(c => billed.GetValueOrDefault(c.ChargeId) == c.Amount.MinorUnits);
        });

    private static IReadOnlyList<RatedCharge> Rated(params decimal[] usage) =>
        Given.Rated(Plan, "units", Given.Month(2024, 6), usage);
}
