using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Allowances;

/// <summary>What pools carry over; all numbers are worked by hand.</summary>
public class RollOverTests
{
    private static readonly BillingCalendar Months = new(Utc, new(2026, 1, 1), BillingCycle.Monthly);

    [Fact]
    public void What_was_not_used_is_there_in_the_next_period_and_no_longer()
    {
        // 100 a month. January leaves 40; February uses 120: 40 carried, 80 of 100; March has the 20 that are left of February's.
        var plan = Plan("""{"id":"f","kind":"fixed","quantity":"100","rollOver":{}}""");
        Assert.Equal(["0:40", "1:20", "2:100", "3:0"], Through(plan, 60m, 120m, 20m, 250m));
        // March: 20 + 100 and 20 used: of its own 100 are left. April uses 250 of 200: 50 are charged.
        var april = Rate(plan, 3, 250m, Carried(plan, 60m, 120m, 20m));
        Assert.Equal(("f: pool of 100, and 100 carried over", 50m), (april.Steps[0].Text, april.Amount.ToDecimal()));
    }

    /// <summary>
    /// Autumn (docs.useautumn.com, Rollovers): 1,000 credits, 600 used in January, 1,400 in February. Zuora (docs.zuora.com, Prepayment charge
    /// with rollover): 1,000 units, 800 used, 1,200 in the next validity period. Zuora, Rollover: 500 minutes a month are kept for six months.
    /// </summary>
    [Fact]
    public void Published_examples_of_roll_over()
    {
        var credits = Plan("""{"id":"f","kind":"fixed","quantity":"1000","rollOver":{"maximum":"2000"}}""");
        Assert.Equal(1_400m, Sum(Carried(credits, 600m)) + 1_000m);
        Assert.Equal(1_200m, Sum(Carried(credits, 800m)) + 1_000m);
        var minutes = Plan("""{"id":"f","kind":"fixed","quantity":"500","rollOver":{"periods":6}}""");
        Assert.Equal([500m, 3_000m, 3_000m], new[] { 1, 6, 9 }.Select(months => Sum(Carried(minutes, new decimal[months]))));
    }

    [Fact]
    public void A_share_is_carried_once_and_expires_after_its_periods()
    {
        // Half of what is left, for two periods: 100 -> 50; then 50 and 50 of February's; in March January's is gone.
        var plan = Plan("""{"id":"f","kind":"fixed","quantity":"100","rollOver":{"percent":"50","periods":2}}""");
        Assert.Equal(["0:50", "0:50 1:50", "1:50 2:50", "2:20 3:50"], Through(plan, 0m, 0m, 0m, 80m));
    }

    [Fact]
    public void Minimum_and_maximum_bound_all_that_is_carried_and_the_oldest_is_dropped_first()
    {
        var plan = Plan("""{"id":"f","kind":"fixed","quantity":"100","rollOver":{"minimum":"10","maximum":"130","periods":12}}""");
        // 100, then 200 of which the newest 130; used up, the minimum of 10.
        Assert.Equal(["0:100", "0:30 1:100", "2:10", "3:10"], Through(plan, 0m, 0m, 230m, 500m));
    }

    [Fact]
    public void What_is_carried_keeps_its_scope()
    {
        var plan = Plan("""{"id":"f","kind":"fixed","quantity":"100","where":{"zone":["eu"]},"rollOver":{}}""");
        Assert.Equal(["0:100", "1:100"], Through(plan, 60m, 60m));
    }

    [Fact]
    public void Another_plan_has_it_only_where_the_first_one_says_so_and_the_pool_is_the_same()
    {
        const string Lasting = """{"id":"f","kind":"fixed","quantity":"100","rollOver":{"survivesPlanChange":true}}""";
        var (stays, goes) = (Plan(Lasting), Plan("""{"id":"f","kind":"fixed","quantity":"100","rollOver":{}}"""));
        var left = Carried(stays, 60m);
        Assert.Equal(40m, Sum(RollOver.Across(left, stays, Plan("""{"id":"f","kind":"flex","perDevice":"5"}"""))));
        Assert.Equal(0m, Sum(RollOver.Across(left, stays, Plan("""{"id":"g","kind":"fixed","quantity":"100"}"""))));
        Assert.Equal(0m, Sum(RollOver.Across(left, stays, Plan("""{"id":"f","kind":"block","quantity":"5","price":"1"}"""))));
        Assert.Equal(0m, Sum(RollOver.Across(left, stays, Plan(Lasting, "ride"))));
        Assert.Equal(0m, Sum(RollOver.Across(Carried(goes, 60m), goes, goes)));
    }

    [Fact]
    public void Quantities_are_carried_in_the_meters_unit()
    {
        // 1 h less 50 min are 10 min: a sixth of an hour, which has no finite decimal.
        var plan = Compiled("""{"id":"d","meter":"ride","unit":"h","unitPrice":"36","allowances":[{"id":"f","kind":"fixed","quantity":"1","rollOver":{}}]}""");
        var next = Rate(plan, 1, 4_800m, Carried(plan, 3_000m));
        // 80 min of 70: 10 min at 36 an hour.
        Assert.Equal(6m, next.Amount.ToDecimal());
    }

    private static CompiledPlan Plan(string allowance, string meter = "units") =>
        Compiled($$"""{"id":"d","meter":"{{meter}}","unitPrice":"1","allowances":[{{allowance}}]}""");

    /// <summary>What is there after each month, as "month:quantity".</summary>
    private static IEnumerable<string> Through(CompiledPlan plan, params decimal[] used) => Enumerable.Range(1, used.Length)
        .Select(n => string.Join(' ', Carried(plan, used[..n]).Of("d", "f").Select(c => FormattableString.Invariant($"{c.Period}:{c.Quantity:0.##}"))))
        .Select((text, n) => text.Length == 0 ? $"{n}:0" : text);

    private static CarriedOver Carried(CompiledPlan plan, params decimal[] used)
    {
        var carried = CarriedOver.None;
        for (var i = 0; i < used.Length; i++)
        {
            carried = RollOver.Out(Segment(plan, i, used[i], carried), Months.Period(i), Utc, i + 1);
        }

        return carried;
    }

    private static RatedCharge Rate(CompiledPlan plan, int month, decimal used, CarriedOver carried) =>
        SegmentRating.Rate(Months.Period(month), Utc, month, [Segment(plan, month, used, carried)])[0].Single();

    private static PeriodSegment Segment(CompiledPlan plan, int month, decimal used, CarriedOver carried)
    {
        var period = Months.Period(month);
        return new(plan, period.ToInterval(), month == 0, Totals(plan, plan.Meters.Single(), [(period.Start, used)])) { Carried = carried };
    }

    private static decimal Sum(CarriedOver carried) => carried.Of("d", "f").Sum(c => c.Quantity);
}
