using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Charges per device and pools; all numbers are worked by hand.</summary>
public class DeviceRatingTests
{
    private const string Fee = """{"id":"sim","kind":"recurring","per":"device","amount":"1.50"}""";

    private const string Pooled =
        """{"id":"data","meter":"data","unit":"MB","unitPrice":"0.05","allowance":{"perDevice":"10"}}""";

    [Fact]
    public void Every_device_pays_its_share_of_days_and_the_sum_is_rounded_once()
    {
        // 3 devices in a 30-day month, for 30, 20 and 1 days: 51/30 of 1.50 = 2.55.
        var line = Assert.Single(Rate(Fee, ("sim", 51m, 3)));
        Assert.Equal(("recurring", 51m, "device-days", 2.55m), (line.Kind, line.Quantity, line.Unit, line.Amount.ToDecimal()));
        Assert.Equal(["3 devices, 51 of 90 device-days"], line.Steps.Select(s => s.Text));
        // Three devices for one day each, 0.05 each: 0.15. One of 31 days of 1.00 is 0.03225…: three are 0.096774… or 0.10.
        Assert.Equal(0.15m, Assert.Single(Rate(Fee, ("sim", 3m, 3))).Amount.ToDecimal());
        var long31 = PeriodRating.Rate(
            Compiled("""{"id":"sim","kind":"recurring","per":"device","amount":"1"}"""), Month(2026, 7),
            Month(2026, 7).ToInterval(), Utc, false, Totals(("sim", 3m, 3)));
        Assert.Equal(0.10m, long31.Single().Amount.ToDecimal());
    }

    [Fact]
    public void Devices_that_stay_all_month_show_as_devices_times_price()
    {
        var line = Assert.Single(Rate(Fee, ("sim", 7_500m, 250)));
        var step = Assert.Single(line.Steps);
        Assert.Equal(("250 devices", 250m, 1.50m, 375m), (step.Text, step.Quantity, step.UnitPrice, step.Amount));
    }

    [Fact]
    public void Without_proration_tiers_may_count_devices()
    {
        // First 100 SIMs at 1.00, the rest at 0.80: 150 SIMs are 140.00.
        const string Tiers =
            """{"id":"sim","kind":"recurring","per":"device","proration":"none","model":"graduated","tiers":[{"upTo":"100","unitPrice":"1"},{"unitPrice":"0.8"}]}""";
        var line = Assert.Single(Rate(Tiers, ("sim", 150m, 150)));
        Assert.Equal((140m, "devices"), (line.Amount.ToDecimal(), line.Unit));
        Assert.Equal(["first 100 devices", "above 100 devices"], line.Steps.Select(s => s.Text));
    }

    [Fact]
    public void No_device_has_no_line_and_a_joining_fee_is_due_in_every_period_in_which_somebody_joins()
    {
        Assert.Empty(Rate(Fee));
        var joined = Assert.Single(Rate("""{"id":"sim","kind":"oneTime","per":"device","amount":"2.99"}""", ("sim", 4m, 4)));
        Assert.Equal(("oneTime", 11.96m), (joined.Kind, joined.Amount.ToDecimal()));
    }

    [Fact]
    public void A_pool_is_what_its_devices_bring_and_only_what_is_beyond_it_is_charged()
    {
        // Semantics: three SIMs with 10 MB each use 5, 20 and 15 MB: 40 of 30, so 10 MB at 0.05 = 0.50.
        Assert.Equal(0.50m, Bill(devices: 3, days: 90, usedMb: 40m).Amount.ToDecimal());
        Assert.Equal(0.00m, Bill(devices: 3, days: 90, usedMb: 30m).Amount.ToDecimal());
        // A fourth that joins for the last 15 of 30 days brings 5 MB and puts half of the overage back in bundle.
        Assert.Equal(0.25m, Bill(devices: 4, days: 105, usedMb: 40m).Amount.ToDecimal());
        Assert.Equal(2.00m, Bill(devices: 0, days: 0, usedMb: 40m).Amount.ToDecimal());
    }

    [Fact]
    public void A_pool_whose_share_is_no_finite_decimal_loses_no_cent()
    {
        // 31-day month: 10 MB for 1 of 31 days are 0.3225806… MB. 1 MB less that, at 31.00 a MB, is exactly 21.00.
        var plan = Compiled("""{"id":"data","meter":"data","unit":"MB","unitPrice":"31","allowance":{"perDevice":"10"}}""");
        var line = Assert.Single(PeriodRating.Rate(
            plan, Month(2026, 7), Month(2026, 7).ToInterval(), Utc, false,
            new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(1_000_000m, 0m, 1), [new(0, 1)] = new(1m, 0m, 1) }));
        Assert.Equal((21m, 21m), (line.Amount.ToDecimal(), line.ExactAmount));
    }

    [Fact]
    public void A_pool_comes_after_a_fixed_free_quantity_and_before_tiers()
    {
        const string Charge = """
            {"id":"data","meter":"data","unit":"MB","model":"graduated","freeQuantity":"5",
             "tiers":[{"upTo":"10","unitPrice":"1"},{"unitPrice":"0.5"}],"allowance":{"perDevice":"10","joiner":"whole"}}
            """;
        // 40 MB less 5 less 20 are 15: 10 at 1.00 and 5 at 0.50.
        var line = Rate(Charge, ("data", 60m, 2), usedMb: 40m).Single();
        Assert.Equal(12.50m, line.Amount.ToDecimal());
        Assert.Equal(["free", "pool", "tier", "tier"], line.Steps.Select(s => s.Kind));
    }

    [Fact]
    public void An_event_of_a_pool_has_no_price_of_its_own()
    {
        var contributions = new List<Contribution>();
        Assert.Null(Compiled(Pooled).Contribute("data", Instant.FromUtc(2026, 6, 5, 0, 0), 1_000_000m, NoDimensions, Utc, contributions));
        Assert.Null(Assert.Single(contributions).UnroundedCharge);
    }

    [Fact]
    public void A_quote_takes_a_number_of_devices()
    {
        var plan = Compiled($$"""{{Fee}},{{Pooled}},{"id":"card","kind":"oneTime","per":"device","amount":"3"}""");
        // 10 devices: fees 15.00, cards 30.00; 250 MB less 100 MB at 0.05 = 7.50.
        var quote = Quote.Price(new() { Plan = plan, Quantity = 250_000_000m, Devices = 10 });
        Assert.Equal("52.50", quote.Result!.Amount);
        Assert.Equal("45.00", Quote.Price(new() { Plan = plan, Devices = 10 }).Result!.Amount);
        Assert.Equal("/devices", Quote.Price(new() { Plan = plan, Quantity = 1m, Devices = -1 }).Errors.Single().Pointer);
    }

    [Theory]
    [InlineData("""{"id":"a","kind":"recurring","per":"device","unitPrice":"1"}""", "/charges/0/unitPrice", "plan.model_not_for_kind")]
    [InlineData("""{"id":"a","kind":"recurring","per":"device","model":"volume","tiers":[{"unitPrice":"1"}]}""", "/charges/0/proration", "plan.tiers_prorated")]
    [InlineData("""{"id":"a","kind":"oneTime","per":"device","model":"volume","tiers":[{"unitPrice":"1"}]}""", "/charges/0/model", "plan.model_not_for_kind")]
    [InlineData("""{"id":"a","kind":"oneTime","per":"day","amount":"1"}""", "/charges/0/per", "plan.recurring_only")]
    [InlineData("""{"id":"a","kind":"recurring","states":["active"],"amount":"1"}""", "/charges/0/states", "plan.per_device_only")]
    [InlineData("""{"id":"a","kind":"recurring","per":"device","fromStates":["suspended"],"amount":"1"}""", "/charges/0/fromStates", "plan.transition_only")]
    [InlineData("""{"id":"a","kind":"oneTime","fromStates":["suspended"],"amount":"1"}""", "/charges/0/fromStates", "plan.transition_only")]
    [InlineData("""{"id":"a","kind":"oneTime","per":"device","fromStates":["active"],"amount":"1"}""", "/charges/0/fromStates", "plan.states_overlap")]
    [InlineData("""{"id":"a","kind":"recurring","per":"device","states":["active","active"],"amount":"1"}""", "/charges/0/states", "plan.state_duplicate")]
    [InlineData("""{"id":"a","kind":"recurring","amount":"1","allowance":{"perDevice":"1"}}""", "/charges/0/allowance", "plan.usage_only")]
    [InlineData("""{"id":"a","meter":"data","unitPrice":"1","allowance":{"perDevice":"0"}}""", "/charges/0/allowance/perDevice", "plan.quantity_negative")]
    [InlineData("""{"id":"a","meter":"data","allowance":{"perDevice":"1"},"timeOfUse":{"windows":[],"otherwise":{"name":"o","unitPrice":"1"}}}""", "/charges/0/allowance", "plan.free_quantity_with_time")]
    public void What_cannot_be_is_refused_with_its_place(string charge, string pointer, string code)
    {
        var errors = OrleansBilling.Core.Pricing.PlanValidator.Validate(Plan(charge), Meter);
        Assert.Contains(errors, e => (e.Pointer, e.Code) == (pointer, code));
    }

    [Fact]
    public void An_unknown_state_is_refused_while_reading()
    {
        var parsed = OrleansBilling.Core.Pricing.PlanJson.Parse(
            """{"id":"p","currency":"EUR","charges":[{"id":"a","kind":"recurring","per":"device","states":["asleep"],"amount":"1"}]}""");
        Assert.Equal([("/charges/0/states/0", "plan.state_unknown")], parsed.Errors.Select(e => (e.Pointer, e.Code)));
    }

    private static RatedCharge Bill(int devices, int days, decimal usedMb) =>
        Rate(Pooled, ("data", days, devices), usedMb).Single();

    /// <summary>Rates one charge in the 30 days of June, with a total of devices and one of usage.</summary>
    private static IReadOnlyList<RatedCharge> Rate(
        string charge, (string Charge, decimal Quantity, int Devices)? presence = null, decimal? usedMb = null)
    {
        var totals = presence is { } p ? Totals((p.Charge, p.Quantity, p.Devices)) : [];
        if (usedMb is { } used)
        {
            totals = totals.ToDictionary(t => new BucketKey(0, 1), t => t.Value);
            totals[new(0, 0)] = new(used * 1_000_000m, 0m, 1);
        }

        return PeriodRating.Rate(Compiled(charge), Month(2026, 6), Month(2026, 6).ToInterval(), Utc, false, totals);
    }

    private static Dictionary<BucketKey, BucketTotal> Totals((string Charge, decimal Quantity, int Devices) total) =>
        new() { [new(0, 0)] = new(total.Quantity, 0m, total.Devices) };
}
