using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Core.Tests.Subscriptions;

public class PlanStagesTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <remarks>
    /// Local days of the calendar: 2028 has a 29 February; clocks go forward on 29 March 2026. Periods are months from the 1st, a begun one
    /// counts.
    /// </remarks>
    [Theory]
    [InlineData("\"days\":14", "2028-02-20T09:30", "2028-03-05T00:00")]
    [InlineData("\"days\":7", "2026-03-25T10:00", "2026-04-01T00:00")]
    [InlineData("\"days\":1", "2026-03-29T00:00", "2026-03-30T00:00")]
    [InlineData("\"periods\":1", "2026-01-31T23:59", "2026-02-01T00:00")]
    [InlineData("\"periods\":2", "2026-01-15T00:00", "2026-03-01T00:00")]
    public void A_trial_ends_at_the_start_of_a_local_day(string length, string start, string end)
    {
        var stages = Stages($$"""{"trial":{{{length}}},""", start);
        Assert.Equal([(0, Local(start), (int?)null), (7, Local(end), 0)], stages.Select(s => (s.Number, s.From, s.Continues)));
        Assert.Equal([UsageInTrial.Free, null], stages.Select(s => s.Trial));
    }

    [Fact]
    public void Phases_follow_the_trial_by_billing_periods_and_then_the_plan_is_as_it_says()
    {
        const string Plan = """
            {"trial":{"days":10,"usage":"billed"},"phases":[{"periods":1,"charges":[{"id":"fee","amount":"1"}]},
             {"periods":3,"discounts":[{"id":"d","percent":"5"}]}],
            """;
        var stages = Stages(Plan, "2026-06-25T12:00", "ab12");
        Assert.Equal(
            ["2026-06-25T12:00", "2026-07-05T00:00", "2026-08-01T00:00", "2026-11-01T00:00"],
            stages.Select(s => s.From.InZone(Berlin).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", null)));
        Assert.Equal(["ab12", "0:ab12", "1:ab12", "ab12"], stages.Select(s => s.Variant));
        Assert.Equal([(null, "ab12"), (0, "ab12"), (1, "ab12"), (null, "ab12")], stages.Select(s => PlanVariant.Parse(s.Variant)));
        Assert.Equal((3, (string?)null), PlanVariant.Parse(PlanVariant.Of(3, null)));

        var timeline = new PlanTimeline(1, stages, null);
        // One-time charges are due when the trial is over, not with each phase.
        Assert.Equal([false, true, false, false], Enumerable.Range(0, 4).Select(timeline.Begins));
        Assert.Equal(stages[0], timeline.BeginOf(stages[3]));
        // Another plan ends the stages of the one before; withdrawn, they are back.
        var changed = timeline.Unstaged().Changed(new(20, Local("2026-08-10T00:00"), "q", 1)).Staged(stages[1..]);
        Assert.Equal([0, 7, 8, 20], changed.Segments.Select(s => s.Number));
        Assert.Equal([0, 7, 8, 9], changed.Unstaged().Without(20).Staged(stages[1..]).Segments.Select(s => s.Number));
        // An end before a stage leaves it no time.
        var ended = timeline.Ending(Local("2026-07-20T00:00"));
        Assert.Equal(Local("2026-07-20T00:00"), ended.EndOf(1));
        Assert.Equal(Local("2026-07-05T00:00"), ended.EndOf(0));
    }

    [Theory]
    [InlineData("""{"trial":{},""", "/trial", "plan.trial_length")]
    [InlineData("""{"trial":{"days":1,"periods":1},""", "/trial", "plan.trial_length")]
    [InlineData("""{"trial":{"days":0},""", "/trial/days", "plan.trial_length")]
    [InlineData("""{"trial":{"periods":1201},""", "/trial/periods", "plan.stage_periods")]
    [InlineData("""{"phases":[{"charges":[{"id":"fee","amount":"1"}]}],""", "/phases/0/periods", "plan.stage_periods")]
    [InlineData("""{"phases":[{"periods":1}],""", "/phases/0", "overrides.empty")]
    [InlineData("""{"phases":[{"periods":1,"charges":[{"id":"x","amount":"1"}]}],""", "/phases/0/charges/0/id", "overrides.charge_unknown")]
    [InlineData("""{"phases":[{"periods":1,"charges":[{"id":"fee","maximum":"-1"}]}],""", "/phases/0/charges/0/maximum", "plan.amount_negative")]
    [InlineData("""{"phases":[{"periods":1,"discounts":[{"id":"d","percent":"1","periods":1}]}],""", "/phases/0/discounts/0/periods", "plan.phase_discount_periods")]
    [InlineData("""{"term":{"periods":0},""", "/term/periods", "plan.stage_periods")]
    [InlineData("""{"term":{"periods":1,"earlyTerminationFee":{}},""", "/term/earlyTerminationFee", "plan.fee_percent_or_amount")]
    [InlineData("""{"term":{"periods":1,"earlyTerminationFee":{"percent":"101"}},""", "/term/earlyTerminationFee/percent", "plan.discount_out_of_range")]
    [InlineData("""{"term":{"periods":1,"earlyTerminationFee":{"amount":"-1"}},""", "/term/earlyTerminationFee/amount", "plan.amount_negative")]
    public void What_cannot_be_a_life_is_refused_where_it_stands(string life, string pointer, string code)
    {
        var error = Assert.Single(PlanValidator.Validate(Parse(life), _ => null));
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    [Fact]
    public void Agreed_terms_must_fit_every_phase()
    {
        var plan = Parse("""{"phases":[{"name":"Ramp","periods":1,"charges":[{"id":"fee","minimum":"5"}]}],""");
        Assert.Empty(PlanValidator.Validate(plan, _ => null));
        using var agreed = System.Text.Json.JsonDocument.Parse("""{"charges":[{"id":"fee","maximum":"3"}]}""");
        var error = Assert.Single(PlanOverridesValidator.Validate(
            PlanOverridesJson.Parse(agreed.RootElement).Overrides!, plan, _ => null));
        Assert.Equal(("/charges/0/minimum", "plan.minimum_above_maximum"), (error.Pointer, error.Code));
        Assert.Contains("Ramp", error.Message, StringComparison.Ordinal);
    }

    private static PlanSegment[] Stages(string life, string start, string? agreed = null) => PlanStages.Of(
        Parse(life), new(0, Local(start), "p", 1), agreed, new BillingCalendar(Berlin, new(2026, 1, 1), BillingCycle.Monthly), Berlin,
        withTrial: true, nextNumber: 7);

    private static PlanDefinition Parse(string life) =>
        PlanJson.Parse(life + """ "id":"p","currency":"EUR","charges":[{"id":"fee","amount":"9"}]}""").Plan!;

    private static Instant Local(string text) =>
        NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value.InZoneStrictly(Berlin).ToInstant();
}
