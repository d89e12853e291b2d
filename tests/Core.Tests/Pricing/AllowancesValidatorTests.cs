using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Pricing;

public class AllowancesValidatorTests
{
    private const string Fixed = """{"id":"f","kind":"fixed","quantity":"1"}""";
    private const string Own = """{"id":"o","kind":"device","perDevice":"1"}""";
    private const string Rows = "\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"unitPrice\":\"1\"}]";

    [Theory]
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"1\",\"allowances\":[" + Fixed + "]", "/allowances", "plan.allowance_twice")]
    [InlineData("\"unitPrice\":\"1\",\"allowance\":{\"perDevice\":\"1\"},\"allowances\":[" + Fixed + "]", "/allowances", "plan.allowance_twice")]
    [InlineData("\"unitPrice\":\"1\",\"perDevice\":{\"roundTo\":\"1\"},\"allowances\":[{\"id\":\"f\",\"kind\":\"fixed\",\"quantity\":\"1\",\"where\":{\"z\":[\"a\"]}}]", "/perDevice", "plan.rounding_with_allowances")]
    [InlineData("\"unitPrice\":\"1\",\"perLine\":{\"roundTo\":\"1\"},\"allowances\":[" + Fixed + "]", "/perLine", "plan.rounding_with_allowances")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"00:00\",\"to\":\"24:00\",\"unitPrice\":\"1\"}]},\"allowances\":[" + Fixed + "]", "/allowances", "plan.free_quantity_with_time")]
    [InlineData(Rows + ",\"counters\":\"shared\"},\"allowances\":[" + Fixed + "]", "/counters", "plan.allowance_with_shared_counters")]
    [InlineData("\"unitPrice\":\"1\",\"allowances\":[" + Fixed + "," + Fixed + "]", "/allowances/1/id", "plan.allowance_id_duplicate")]
    [InlineData("\"unitPrice\":\"1\",\"poolLimitPerDevice\":\"5\"", "/poolLimitPerDevice", "plan.pool_limit_without_pool")]
    [InlineData("\"unitPrice\":\"1\",\"poolLimitPerDevice\":\"5\",\"allowances\":[" + Own + "]", "/poolLimitPerDevice", "plan.pool_limit_without_pool")]
    [InlineData("\"unitPrice\":\"1\",\"poolLimitPerDevice\":\"0\",\"allowances\":[" + Fixed + "]", "/poolLimitPerDevice", "plan.quantity_negative")]
    [InlineData("\"unitPrice\":\"1\",\"maximum\":\"5\",\"blockAt\":\"maximum\",\"allowances\":[" + Fixed + "]", "/blockAt", "plan.block_with_allowances")]
    [InlineData("\"unitPrice\":\"1\",\"blockAt\":\"included\",\"allowances\":[" + Fixed + "," + Own + "]", "/blockAt", "plan.block_with_allowances")]
    [InlineData("\"unitPrice\":\"1\",\"blockAt\":\"included\",\"poolLimitPerDevice\":\"5\",\"allowances\":[" + Fixed + "]", "/blockAt", "plan.block_with_allowances")]
    public void A_contradiction_with_the_charge_is_told(string charge, string at, string code) => Check(charge, at, code);

    [Theory]
    [InlineData("\"id\":\"a b\",\"kind\":\"fixed\",\"quantity\":\"1\"", "/id", "plan.id_invalid")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"0\"", "/quantity", "plan.quantity_negative")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"1\",\"priority\":1001", "/priority", "plan.allowance_priority")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"1\",\"where\":{\"z\":[]}", "/where/z", "plan.where_values")]
    [InlineData("\"id\":\"a\",\"kind\":\"flex\",\"perDevice\":\"1\",\"states\":[\"active\",\"active\"]", "/states", "plan.state_duplicate")]
    [InlineData("\"id\":\"a\",\"kind\":\"block\",\"quantity\":\"1\",\"price\":\"-1\"", "/price", "plan.amount_negative")]
    [InlineData("\"id\":\"a\",\"kind\":\"block\",\"quantity\":\"1\",\"price\":\"1\",\"maxBlocks\":0", "/maxBlocks", "plan.allowance_blocks")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"1\",\"rollOver\":{\"percent\":\"101\"}", "/rollOver/percent", "plan.percent_out_of_range")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"1\",\"rollOver\":{\"minimum\":\"2\",\"maximum\":\"1\"}", "/rollOver/minimum", "plan.minimum_above_maximum")]
    [InlineData("\"id\":\"a\",\"kind\":\"fixed\",\"quantity\":\"1\",\"rollOver\":{\"periods\":61}", "/rollOver/periods", "plan.roll_over_periods")]
    public void A_wrong_value_is_told(string allowance, string at, string code) =>
        Check("\"unitPrice\":\"1\",\"allowances\":[{" + allowance + "}]", "/allowances/0" + at, code);

    [Theory]
    [InlineData("\"kind\":\"fixed\",\"perDevice\":\"1\",\"quantity\":\"1\"", "/perDevice")]
    [InlineData("\"kind\":\"flex\",\"perDevice\":\"1\",\"quantity\":\"1\"", "/quantity")]
    [InlineData("\"kind\":\"fixed\",\"quantity\":\"1\",\"joiner\":\"whole\"", "/joiner")]
    [InlineData("\"kind\":\"fixed\",\"quantity\":\"1\",\"states\":[\"active\"]", "/states")]
    [InlineData("\"kind\":\"flex\",\"perDevice\":\"1\",\"prorate\":true", "/prorate")]
    [InlineData("\"kind\":\"fixed\",\"quantity\":\"1\",\"price\":\"1\"", "/price")]
    [InlineData("\"kind\":\"device\",\"perDevice\":\"1\",\"rollOver\":{}", "/rollOver")]
    public void A_property_of_another_kind_is_told(string allowance, string at)
    {
        var parsed = PlanJson.Parse(Plan("\"unitPrice\":\"1\",\"allowances\":[{\"id\":\"a\"," + allowance + "}]"));
        var error = Assert.Single(parsed.Errors);
        Assert.Equal(("/charges/0/allowances/0" + at, "plan.allowance_property_not_for_kind"), (error.Pointer, error.Code));
    }

    [Fact]
    public void A_kind_and_a_quantity_are_needed()
    {
        var parsed = PlanJson.Parse(Plan("\"unitPrice\":\"1\",\"allowances\":[{\"id\":\"a\"}]"));
        Assert.Equal(
            [("/charges/0/allowances/0/kind", "json.required"), ("/charges/0/allowances/0/perDevice", "json.required")],
            parsed.Errors.Select(e => (e.Pointer, e.Code)));
    }

    [Fact]
    public void Devices_have_a_bounded_number_of_totals()
    {
        var rows = string.Join(',', Enumerable.Range(0, 9).Select(i => $$"""{"keys":{"z":"{{i}}"},"unitPrice":"1"}"""));
        var scopes = string.Join(',', Enumerable.Range(0, 3).Select(i => $$$"""{"id":"a{{{i}}}","kind":"fixed","quantity":"1","where":{"z":["{{{i}}}"]}}"""));
        var matrix = $$"""
            "model":"matrix","matrix":{"dimensions":["z"],"rows":[{{rows}}]},"allowances":[{{scopes}}]
            """;
        Assert.Empty(PlanValidator.Validate(PlanJson.Parse(Plan(matrix)).Plan!, Given.Meter));
        Check(matrix + ",\"poolLimitPerDevice\":\"5\"", "/allowances", "plan.too_many");
        var five = string.Join(',', Enumerable.Range(0, 5).Select(i => $$$"""{"id":"a{{{i}}}","kind":"fixed","quantity":"1","where":{"z":["{{{i}}}"]}}"""));
        Check("\"unitPrice\":\"1\",\"allowances\":[" + five + "]", "/allowances", "plan.too_many");
        // The same scope said in another order is one.
        var same = string.Join(',', Enumerable.Range(0, 5).Select(i =>
            $$$"""{"id":"a{{{i}}}","kind":"fixed","quantity":"1","where":{"z":[{{{(i % 2 == 0 ? "\"a\",\"b\"" : "\"b\",\"a\"")}}}]}}"""));
        Assert.Empty(PlanValidator.Validate(PlanJson.Parse(Plan("\"unitPrice\":\"1\",\"allowances\":[" + same + "]")).Plan!, Given.Meter));
    }

    [Theory]
    [InlineData("peak", Fixed, "/meter", "plan.allowance_not_summed")]
    [InlineData("till", """{"id":"f","kind":"fixed","quantity":"1","where":{"z":["a"]}}""", "/allowances/0/where", "plan.allowance_scope_of_register")]
    public void Meters_that_do_not_fit_are_told(string meter, string allowance, string at, string code)
    {
        var plan = PlanJson.Parse(Plan("\"unitPrice\":\"1\",\"allowances\":[" + allowance + "]", meter)).Plan!;
        Assert.Contains(("/charges/0" + at, code), PlanValidator.Validate(plan, Given.Meter).Select(e => (e.Pointer, e.Code)));
    }

    [Fact]
    public void Fees_have_no_allowances()
    {
        var plan = PlanJson.Parse("""{"id":"p","currency":"EUR","charges":[{"id":"a","amount":"1","poolLimitPerDevice":"1","allowances":[{"id":"f","kind":"fixed","quantity":"1"}]}]}""");
        Assert.Equal(["/charges/0/allowances", "/charges/0/poolLimitPerDevice"], PlanValidator.Validate(plan.Plan!, Given.Meter).Select(e => e.Pointer));
    }

    private static void Check(string charge, string at, string code)
    {
        var parsed = PlanJson.Parse(Plan(charge));
        Assert.Empty(parsed.Errors);
        var errors = PlanValidator.Validate(parsed.Plan!, Given.Meter);
        Assert.Contains(("/charges/0" + at, code), errors.Select(e => (e.Pointer, e.Code)));
    }

    private static string Plan(string charge, string meter = "units") =>
        "{\"id\":\"p\",\"currency\":\"EUR\",\"charges\":[{\"id\":\"a\",\"meter\":\"" + meter + "\"," + charge + "}]}";
}
