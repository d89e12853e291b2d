using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class ContributionTests
{
    private static readonly Instant Now = Instant.FromUtc(2024, 6, 1, 0, 0);

    [Fact]
    public void An_event_of_a_meter_without_a_charge_says_so()
    {
        var plan = Given.Compiled("""{"id":"c","meter":"units","unitPrice":"1"}""");
        Assert.Equal("rating.no_charge_for_meter", Contribute(plan, "water", 1m).Reason);
        Assert.True(plan.Charges("units"));
        Assert.False(plan.Charges("water"));
    }

    [Fact]
    public void An_event_that_no_filter_wants_is_fine_and_adds_nothing()
    {
        var plan = Given.Compiled("""{"id":"c","meter":"units","where":{"zone":["a","b"],"kind":["x"]},"unitPrice":"1"}""");
        Assert.Equal((null, 0), Count(plan, []));
        Assert.Equal((null, 0), Count(plan, [new("zone", "a")]));
        Assert.Equal((null, 0), Count(plan, [new("zone", "c"), new("kind", "x")]));
        Assert.Equal((null, 1), Count(plan, [new("kind", "x"), new("zone", "b")]));
    }

    [Fact]
    public void One_event_contributes_to_every_charge_that_wants_it()
    {
        var plan = Given.Compiled(
            """{"id":"a","meter":"units","unitPrice":"1"},{"id":"fee","amount":"1"},{"id":"b","meter":"units","unitPrice":"2"}""");
        Assert.Equal([0, 2], Contribute(plan, "units", 1m).Into.Select(c => c.Key.Charge));
    }

    [Theory]
    [InlineData("\"unitPrice\":\"0.25\"", "0.75")]
    [InlineData("\"unitPrice\":\"0.25\",\"discountPercent\":\"10\"", "0.675")]
    [InlineData("\"unitPrice\":\"0.25\",\"minimum\":\"1\"", null)]
    [InlineData("\"unitPrice\":\"0.25\",\"maximum\":\"1\"", null)]
    [InlineData("\"unitPrice\":\"0.25\",\"freeQuantity\":\"1\"", null)]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"unitPrice\":\"0.25\"}]", null)]
    public void The_money_of_one_event_is_told_only_where_it_does_not_depend_on_others(string price, string? charge)
    {
        var plan = Given.Compiled($$"""{"id":"c","meter":"units",{{price}}}""");
        var alone = Contribute(plan, "units", 3m).Into.Single().UnroundedCharge;
        Assert.Equal(charge, alone is { } value ? DecimalText.Format(value) : null);
    }

    [Theory]
    [InlineData("1000000000000000")]
    [InlineData("-1000000000000000")]
    [InlineData("0.0000000000001")]
    public void A_quantity_beyond_the_limits_is_refused(string quantity) => Assert.Equal(
        RatingReasons.QuantityOutOfRange,
        Contribute(Given.Compiled("""{"id":"c","meter":"units","unitPrice":"1"}"""), "units", Given.D(quantity)).Reason);

    [Fact]
    public void A_total_that_would_not_be_exact_is_refused_before_it_is_counted()
    {
        var total = new BucketTotal(79_228_162_514_264_337_593_543_950_335m, 0m, 1);
        Assert.False(total.TryAdd(new Contribution(default, 0.5m, 0m, null), out var same));
        Assert.Equal(total, same);
        Assert.Throws<InexactAmountException>(() => total.Add(new BucketTotal(0.5m, 0m, 1)));
    }

    [Fact]
    public void A_total_for_a_bucket_the_plan_lacks_is_our_mistake_and_throws()
    {
        var plan = Given.Compiled("""{"id":"c","meter":"units","unitPrice":"1"}""");
        var june = Given.Month(2024, 6);
        var totals = new Dictionary<BucketKey, BucketTotal> { [new(0, 1)] = new(1m, 0m, 1) };
        Assert.Throws<ArgumentException>(() => PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, true, totals));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.BucketName(new(1, 0)));
    }

    [Fact]
    public void The_usual_event_allocates_nothing()
    {
        var plan = Given.Compiled("""{"id":"c","meter":"units","where":{"zone":["a"]},"unitPrice":"0.25"}""");
        KeyValuePair<string, string>[] dimensions = [new("zone", "a")];
        var into = new List<Contribution>(8);
        plan.Contribute("units", Now, 1.5m, dimensions, Given.Utc, into);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            into.Clear();
            plan.Contribute("units", Now, 1.5m, dimensions, Given.Utc, into);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (string? Reason, int Count) Count(CompiledPlan plan, KeyValuePair<string, string>[] dimensions)
    {
        var into = new List<Contribution>();
        return (plan.Contribute("units", Now, 1m, dimensions, Given.Utc, into), into.Count);
    }

    private static (string? Reason, List<Contribution> Into) Contribute(CompiledPlan plan, string meter, decimal quantity)
    {
        var into = new List<Contribution>();
        return (plan.Contribute(meter, Now, quantity, Given.NoDimensions, Given.Utc, into), into);
    }
}
