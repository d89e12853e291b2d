using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Pricing;

public sealed class DeviceStateValidatorTests
{
    [Theory]
    [InlineData("""{"state":"active","usage":"billed"}""", "/deviceStates/0/state", "plan.device_state_fixed")]
    [InlineData("""{"state":"terminated"}""", "/deviceStates/0/state", "plan.device_state_fixed")]
    [InlineData("""{"state":"suspended"}""", "/deviceStates/0/usage", "plan.device_state_usage")]
    [InlineData("""{"state":"test","usage":"billed"}""", "/deviceStates/0/usage", "plan.device_state_usage")]
    [InlineData("""{"state":"suspended","usage":"billed","activateAfterDays":3}""", "/deviceStates/0", "plan.device_state_time")]
    [InlineData("""{"state":"test","activateAfterDays":3,"activateAfterMonths":1}""", "/deviceStates/0/activateAfterMonths", "plan.device_state_time")]
    [InlineData("""{"state":"test","activateAfterDays":0}""", "/deviceStates/0/activateAfterDays", "plan.device_state_time")]
    [InlineData("""{"state":"test","activateAfterMonths":121}""", "/deviceStates/0/activateAfterMonths", "plan.device_state_time")]
    [InlineData("""{"state":"activationReady","free":[{"meter":"data","quantity":"1"}]}""", "/deviceStates/0/free", "plan.device_state_free")]
    [InlineData("""{"state":"test","free":[{"meter":"data","quantity":"0"}]}""", "/deviceStates/0/free/0/quantity", "plan.quantity_negative")]
    [InlineData("""{"state":"test","free":[{"meter":"none","quantity":"1"}]}""", "/deviceStates/0/free/0/meter", "plan.meter_unknown")]
    [InlineData("""{"state":"test","free":[{"meter":"ride","quantity":"1"}]}""", "/deviceStates/0/free/0/meter", "plan.device_state_free")]
    [InlineData("""{"state":"test","free":[{"meter":"peak","quantity":"1"}]}""", "/deviceStates/0/free/0/meter", "plan.device_state_free")]
    [InlineData("""{"state":"test","free":[{"meter":"till","quantity":"1"}]}""", "/deviceStates/0/free/0/meter", "plan.device_state_free")]
    [InlineData("""{"state":"test","free":[{"meter":"data","quantity":"1"},{"meter":"data","quantity":"2"}]}""", "/deviceStates/0/free/1/meter", "plan.device_state_free")]
    [InlineData("""{"state":"test"},{"state":"test"}""", "/deviceStates/1/state", "plan.device_state_duplicate")]
    public void Every_mistake_is_told_with_its_pointer_and_code(string rules, string pointer, string code)
    {
        var errors = PlanValidator.Validate(Plan(rules), Given.Meter);
        Assert.Contains((pointer, code), errors.Select(e => (e.Pointer, e.Code)));
    }

    [Fact]
    public void A_rule_names_its_state() => Assert.Equal(
        [("/deviceStates/0/state", "json.required")], PlanJson.Parse(Json("""{"usage":"billed"}""")).Errors.Select(e => (e.Pointer, e.Code)));

    [Fact]
    public void Other_rules_are_another_shape()
    {
        var one = Plan("""{"state":"test","activateAfterDays":3,"free":[{"meter":"data","quantity":"1"}]}""");
        Assert.Null(PlanShape.Difference(one, Plan("""{"state":"test","activateAfterDays":3,"free":[{"meter":"data","quantity":"1"}]}""")));
        Assert.Equal("/deviceStates", PlanShape.Difference(
            one, Plan("""{"state":"test","activateAfterDays":3,"free":[{"meter":"data","quantity":"2"}]}"""))!.Pointer);
        Assert.Equal("/deviceStates", PlanShape.Difference(one, Plan("""{"state":"test","activateAfterDays":4}"""))!.Pointer);
    }

    private static PlanDefinition Plan(string rules)
    {
        var parsed = PlanJson.Parse(Json(rules));
        Assert.Empty(parsed.Errors);
        return parsed.Plan!;
    }

    private static string Json(string rules) => $$"""
        {"id":"p","currency":"EUR","charges":[{"id":"a","meter":"data","unitPrice":"1"},{"id":"b","meter":"till","unitPrice":"1"},
         {"id":"c","meter":"peak","unitPrice":"1"}],"deviceStates":[{{rules}}]}
        """;
}
