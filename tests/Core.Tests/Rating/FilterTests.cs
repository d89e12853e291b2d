using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Charges that filter by an expression.</summary>
public class FilterTests
{
    private const string Charges = """
        {"id":"roam","meter":"units","where":"roaming == 'yes' and value > 2","unitPrice":"10"},
        {"id":"all","meter":"units","unitPrice":"1"}
        """;

    [Theory]
    [InlineData("yes", "3", "33")]
    [InlineData("yes", "2", "2")]
    [InlineData("no", "3", "3")]
    public void An_event_counts_where_the_expression_is_true(string roaming, string value, string amount) =>
        Assert.Equal(Given.D(amount), Sum(Charges, Given.D(value), ("roaming", roaming)));

    [Fact]
    public void What_cannot_be_told_is_no_filtered_event_but_a_reason_and_nothing_counts()
    {
        var plan = Given.Compiled("""{"id":"all","meter":"units","unitPrice":"1"},""" + Charges.Replace("\"all\"", "\"rest\"", StringComparison.Ordinal));
        var into = new List<Contribution>();
        Assert.Equal("expression.dimension_missing", plan.Contribute("units", default, 3m, [], DateTimeZone.Utc, into));
        Assert.Empty(into);
        var fault = plan.Fault("units", 3m, [])!;
        Assert.Equal(("expression.dimension_missing", "roaming", 1), (fault.Code, fault.Subject, fault.Position));
        Assert.Null(plan.Fault("units", 3m, [new("roaming", "no")]));
    }

    [Fact]
    public void It_sees_what_look_up_tables_set()
    {
        const string Lookup = """
            "lookups":[{"dimension":"zone","from":"network","match":"prefix","values":{"26":"eu"},"otherwise":"rest"}],
            """;
        const string Charge = """{"id":"eu","meter":"units","where":"zone == 'eu'","unitPrice":"1"}""";
        Assert.Equal(5m, Sum(Charge, 5m, Lookup, ("network", "26201")));
        Assert.Equal(0m, Sum(Charge, 5m, Lookup, ("network", "310"), ("zone", "eu")));
    }

    [Fact]
    public void The_line_says_what_was_counted()
    {
        var line = Given.Rated(Given.Compiled("""{"id":"a","meter":"units","where":"value > 2","unitPrice":"1"}"""), "units", Given.Month(2024, 6), 1m, 3m)[0];
        Assert.Equal(("events where value > 2", StepKinds.Derived, 0m), (line.Steps[0].Text, line.Steps[0].Kind, line.Steps[0].Amount));
        Assert.Equal(3m, line.ExactAmount);
    }

    [Theory]
    [InlineData("""{"id":"a","meter":"units","where":"value >","unitPrice":"1"}""", "expression.syntax")]
    [InlineData("""{"id":"a","meter":"units","where":"","unitPrice":"1"}""", "expression.syntax")]
    [InlineData("""{"id":"a","meter":"units","where":"zone","unitPrice":"1"}""", "expression.type")]
    [InlineData("""{"id":"a","meter":"till","where":"zone == 'a'","unitPrice":"1"}""", "plan.where_expression_of_register")]
    [InlineData("""{"id":"a","meter":"stored","where":"zone == 'a'","unitPrice":"1"}""", "plan.where_expression_of_lasting_usage")]
    [InlineData("""{"id":"a","meter":"calls","where":"zone == 'a'","unitPrice":"1"}""", "plan.where_expression_of_lasting_usage")]
    [InlineData("""{"id":"a","meter":"units","where":"value > 2","unitPrice":"1","maximum":"5","blockAt":"maximum"}""", "plan.where_value_with_block")]
    [InlineData("""{"id":"a","amount":"1","where":"value > 2"}""", "plan.usage_only")]
    public void A_filter_that_cannot_be_is_refused_with_its_place(string charge, string code)
    {
        var error = Assert.Single(PlanValidator.Validate(Given.Plan(charge), Given.Meter), e => e.Code == code);
        Assert.Equal("/charges/0/where", error.Pointer);
    }

    [Fact]
    public void The_message_names_the_character_at_fault() => Assert.Equal(
        "Character 15: The dimension 'zone' is a text and neither true nor false: compare it, such as zone == 'yes'.",
        PlanValidator.Validate(Given.Plan("""{"id":"a","meter":"units","where":"value > 1 and zone","unitPrice":"1"}"""), Given.Meter)[0].Message);

    [Fact]
    public void A_filter_without_value_goes_with_reservations() => Assert.Empty(PlanValidator.Validate(
        Given.Plan("""{"id":"a","meter":"units","where":"zone == 'a'","unitPrice":"1","maximum":"5","blockAt":"maximum"}"""), Given.Meter));

    [Fact]
    public void A_corrected_plan_has_the_same_filter()
    {
        var one = Given.Plan("""{"id":"a","meter":"units","where":"value > 2","unitPrice":"1"}""");
        Assert.Null(PlanShape.Difference(one, Given.Plan("""{"id":"a","meter":"units","where":"value > 2","unitPrice":"9"}""")));
        Assert.Equal("/charges/0", PlanShape.Difference(one, Given.Plan("""{"id":"a","meter":"units","where":"value > 3","unitPrice":"1"}"""))!.Pointer);
    }

    private static decimal Sum(string charges, decimal value, params (string Name, string Value)[] dimensions) => Sum(charges, value, "", dimensions);

    private static decimal Sum(string charges, decimal value, string lookups, params (string Name, string Value)[] dimensions)
    {
        var into = new List<Contribution>();
        Assert.Null(Given.Compiled(charges, more: lookups).Contribute(
            "units", default, value, [.. dimensions.Select(d => KeyValuePair.Create(d.Name, d.Value))], DateTimeZone.Utc, into));
        return into.Sum(c => c.UnroundedCharge!.Value);
    }
}
