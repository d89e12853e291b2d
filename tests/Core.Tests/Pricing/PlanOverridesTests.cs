using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Tests.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Pricing;

public class PlanOverridesTests
{
    private const string List = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"fee","amount":"30"},
          {"id":"use","meter":"units","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1"},{"unitPrice":"0.5"}],"freeQuantity":"2"},
          {"id":"hours","meter":"units","timeOfUse":{"windows":[{"name":"day","from":"08:00","to":"20:00","unitPrice":"0.2"}],"otherwise":{"unitPrice":"0.1"}}}],
         "discounts":[{"id":"welcome","percent":"10","periods":2}]}
        """;

    private const string All = """
        {"charges":[{"id":"fee","model":"flat","amount":"24"},
          {"id":"use","model":"perUnit","unitPrice":"0.8","freeQuantity":"5","discountPercent":"10","minimum":"1","maximum":"50"},
          {"id":"hours","timeOfUse":{"windows":[{"name":"day","from":"08:00","to":"20:00","model":"perUnit","unitPrice":"0.3"}],"otherwise":{"name":"otherwise","model":"perUnit","unitPrice":"0.1"}}}],
         "discounts":[{"id":"loyal","name":"Loyal","amount":"4","charges":["fee"],"periods":3}]}
        """;

    /// <summary>By hand: 24 − 4 = 20; 12 units, 5 free, 7 × 0.8 = 5.6, less 10 % 5.04; 12 at midnight × 0.1 = 1.20.</summary>
    [Fact]
    public void Named_charges_cost_what_was_agreed_and_their_lines_say_so()
    {
        var lines = Rate(Parse(All), 12m, new(2, 2));
        Assert.Equal(
            ["fee 24.00", "use 5.04", "hours 1.20", "loyal -4.00"], lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        Assert.All(lines, line => Assert.Equal(StepKinds.Agreed, line.Steps[^1].Kind));
        Assert.All(lines, line => Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(step => step.Amount)));
        var listed = Rate(null, 12m, new(0, 0));
        Assert.DoesNotContain(listed.SelectMany(l => l.Steps), step => step.Kind == StepKinds.Agreed);
        // 30; 10 × 1 of the 10 that are not free; 12 × 0.1; 10 % of 41.20.
        Assert.Equal(["fee 30.00", "use 10.00", "hours 1.20", "welcome -4.12"], listed.Select(l => $"{l.ChargeId} {l.Amount}"));
    }

    /// <summary>The plan's discount is for the subscription's first 2 periods, the agreed one for the first 3 with these terms.</summary>
    [Theory]
    [InlineData(1, 0, "welcome loyal")]
    [InlineData(2, 0, "loyal")]
    [InlineData(12, 2, "loyal")]
    [InlineData(12, 3, "")]
    public void Periods_of_an_agreed_discount_are_counted_from_when_it_was_agreed(int ofSubscription, int ofPlan, string discounts) =>
        Assert.Equal(discounts, string.Join(' ', Rate(Parse(All), 0m, new(ofSubscription, ofPlan))
            .Where(l => l.Kind == "discount").Select(l => l.ChargeId)));

    [Fact]
    public void What_is_read_is_written_again_and_equal_terms_have_one_key()
    {
        var overrides = Parse(All);
        var again = Parse(Encoding.UTF8.GetString(PlanOverridesJson.Serialize(overrides)));
        Assert.True(JsonElement.DeepEquals(Element(All), Element(Encoding.UTF8.GetString(PlanOverridesJson.Serialize(overrides)))));
        Assert.Equal(overrides, again);
        Assert.Equal((32, overrides.Key), (again.Key.Length, again.Key));
        Assert.NotEqual(overrides, Parse(All.Replace("\"24\"", "\"25\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{}""", "", "overrides.empty")]
    [InlineData("""{"charges":[{"id":"none","amount":"1"}]}""", "/charges/0/id", "overrides.charge_unknown")]
    [InlineData("""{"charges":[{"id":"fee","amount":"1"},{"id":"fee","minimum":"1"}]}""", "/charges/1/id", "overrides.charge_twice")]
    [InlineData("""{"charges":[{"id":"fee"}]}""", "/charges/0", "overrides.charge_empty")]
    [InlineData("""{"charges":[{"id":"hours","minimum":"1"},{"id":"fee","unitPrice":"1"}]}""", "/charges/1/model", "plan.model_not_for_kind")]
    [InlineData("""{"charges":[{"id":"use","maximum":"-1"}]}""", "/charges/0/maximum", "plan.amount_negative")]
    [InlineData("""{"charges":[{"id":"hours","freeQuantity":"1"}]}""", "/charges/0/freeQuantity", "plan.free_quantity_with_time")]
    [InlineData("""{"discounts":[{"id":"welcome","percent":"1"}]}""", "/discounts/0/id", "plan.discount_id_duplicate")]
    [InlineData("""{"discounts":[{"id":"x","percent":"1"},{"id":"y","percent":"1","charges":["none"]}]}""", "/discounts/1/charges/0", "plan.discount_charge_unknown")]
    public void What_does_not_fit_the_plan_is_refused_where_it_stands(string json, string pointer, string code)
    {
        var error = Assert.Single(PlanOverridesValidator.Validate(Parse(json), Plan, Meter));
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    [Theory]
    [InlineData("""[]""", "", "json.type")]
    [InlineData("""{"charge":[]}""", "/charge", "json.unknown_property")]
    [InlineData("""{"charges":[{"id":"fee","amount":"1","unit":"kWh"}]}""", "/charges/0/unit", "json.unknown_property")]
    [InlineData("""{"charges":[{"amount":"1"}]}""", "/charges/0/id", "json.required")]
    public void What_has_not_the_form_is_refused_where_it_stands(string json, string pointer, string code)
    {
        var error = Assert.Single(PlanOverridesJson.Parse(Element(json)).Errors);
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    private static PlanDefinition Plan => PlanJson.Parse(List).Plan!;

    private static MeterDefinition? Meter(string id) => id == "units" ? new("units", "Units", "1") : null;

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;

    private static PlanOverrides Parse(string json) => PlanOverridesJson.Parse(Element(json)).Overrides!;

    private static IReadOnlyList<RatedCharge> Rate(PlanOverrides? overrides, decimal units, (int OfSubscription, int OfPlan) before)
    {
        var plan = CompiledPlan.Compile(Plan, Meter, overrides);
        var june = Given.Month(2024, 6);
        var totals = Given.Totals(plan, "units", units == 0m ? [] : [(june.Start, units)]);
        return SegmentRating.Rate(
            june, Given.Utc, before.OfSubscription, [new(plan, june.ToInterval(), false, totals, before.OfPlan)])[0];
    }
}
