using System.Text.Json.Nodes;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Tests.Pricing;

public sealed class PlanShapeTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","minimum":{"amount":"20"},"discounts":[{"id":"w","percent":"10","periods":2}],
         "lookups":[{"dimension":"zone","from":"network","match":"prefix","values":{"262":"de"},"otherwise":"world"}],
         "charges":[
          {"id":"sim","kind":"recurring","per":"device","amount":"3"},
          {"id":"data","meter":"data","unit":"GB","allowance":{"perDevice":"10"},"model":"graduated",
            "tiers":[{"upTo":"5","unitPrice":"1"},{"unitPrice":"0.8"}]},
          {"id":"zones","meter":"data","where":{"kind":["a","b"]},"model":"matrix","matrix":{"dimensions":["zone"],
            "rows":[{"keys":{"zone":"de"},"unitPrice":"1"}],"otherwise":{"unitPrice":"2"}}},
          {"id":"orders","meter":"orders","model":"percentage","ratePercent":"1.5","fixedFee":"0.05"},
          {"id":"limited","meter":"orders","model":"percentage","ratePercent":"1.5","minimumPerEvent":"0.10"},
          {"id":"times","meter":"data","perEvent":{"roundTo":"0.1"},"timeOfUse":{"windows":[
            {"name":"day","from":"08:00","to":"20:00","unitPrice":"3"}],"otherwise":{"name":"night","unitPrice":"1"}}}]}
        """;

    [Theory]
    [InlineData("/minimum/amount", "30")]
    [InlineData("/charges/0/amount", "4")]
    [InlineData("/charges/1/allowance/perDevice", "11")]
    [InlineData("/charges/1/tiers/0/upTo", "6")]
    [InlineData("/charges/1/unit", "MB")]
    [InlineData("/charges/2/matrix/otherwise/unitPrice", "3")]
    [InlineData("/charges/3/ratePercent", "1.25")]
    [InlineData("/charges/5/timeOfUse/windows/0/unitPrice", "2")]
    public void Other_prices_leave_the_shape_as_it_is(string pointer, string value) =>
        Assert.Null(PlanShape.Difference(Parsed(Plan), Parsed(With(pointer, value))));

    [Theory]
    [InlineData("/currency", "USD", "/currency")]
    [InlineData("/lookups/0/values/262", "eu", "/lookups")]
    [InlineData("/charges/0/id", "card", "/charges/0")]
    [InlineData("/charges/1/meter", "other", "/charges/1")]
    [InlineData("/charges/2/where/kind/1", "c", "/charges/2")]
    [InlineData("/charges/2/matrix/rows/0/keys/zone", "fr", "/charges/2")]
    [InlineData("/charges/4/ratePercent", "1.25", "/charges/4")]
    [InlineData("/charges/5/timeOfUse/windows/0/to", "21:00", "/charges/5")]
    [InlineData("/charges/5/perEvent/roundTo", "1", "/charges/5")]
    public void What_counts_usage_otherwise_is_named(string pointer, string value, string at)
    {
        var difference = PlanShape.Difference(Parsed(Plan), Parsed(With(pointer, value)));
        Assert.Equal(("plan.shape_differs", at), (difference?.Code, difference?.Pointer));
    }

    [Theory]
    [InlineData("\"quantity\":\"20\"", "\"quantity\":\"30\"", false)]
    [InlineData("\"price\":\"7\"", "\"price\":\"8\"", false)]
    [InlineData("\"percent\":\"50\"", "\"percent\":\"60\"", false)]
    [InlineData("\"perDevice\":\"5\"", "\"perDevice\":\"6\"", true)]
    [InlineData("\"poolLimitPerDevice\":\"9\"", "\"poolLimitPerDevice\":\"8\"", true)]
    [InlineData("[\"eu\"]", "[\"us\"]", true)]
    [InlineData("\"unit\":\"MB\"", "\"unit\":\"GB\"", true)]
    [InlineData("\"kind\":\"block\"", "\"maxBlocks\":2,\"kind\":\"block\"", false)]
    public void Of_allowances_only_what_is_in_the_totals_is_shape(string then, string now, bool differs)
    {
        const string Charge = """
            {"id":"p","currency":"EUR","charges":[{"id":"d","meter":"data","unit":"MB","unitPrice":"1","poolLimitPerDevice":"9","allowances":[
              {"id":"own","kind":"device","perDevice":"5"},{"id":"pool","kind":"fixed","quantity":"20","where":{"zone":["eu"]},"rollOver":{"percent":"50"}},
              {"id":"more","kind":"block","quantity":"10","price":"7"}]}]}
            """;
        var corrected = Charge.Replace(then, now, StringComparison.Ordinal);
        Assert.NotEqual(Charge, corrected);
        Assert.Equal(differs, PlanShape.Difference(Parsed(Charge), Parsed(corrected)) is not null);
    }

    [Fact]
    public void Quantities_that_devices_cover_by_themselves_are_counted()
    {
        var plan = Parsed(Plan);
        PlanDefinition With(decimal quantity) => plan with
        {
            Charges = [plan.Charges[1] with { Allowance = null, Allowances = [new() { Id = "own", Name = "own", Quantity = quantity }] }],
        };
        Assert.Null(PlanShape.Difference(With(10m), With(10m)));
        Assert.Equal("/charges/0", PlanShape.Difference(With(10m), With(11m))?.Pointer);
    }

    [Fact]
    public void A_charge_more_is_another_shape()
    {
        var (one, more) = (Parsed(Plan), Parsed(Plan));
        Assert.Equal("/charges/5", PlanShape.Difference(one with { Charges = [.. one.Charges.Take(5)] }, more)?.Pointer);
        Assert.Equal("/charges/5", PlanShape.Difference(more, one with { Charges = [.. one.Charges.Take(5)] })?.Pointer);
    }

    private static string With(string pointer, string value)
    {
        var document = JsonNode.Parse(Plan)!;
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(document, Child);
        if (parent is JsonArray items)
        {
            items[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            Assert.NotNull(parent[steps[^1]]);
            parent[steps[^1]] = value;
        }
        return document.ToJsonString();
    }

    private static JsonNode Child(JsonNode node, string step) => node is JsonArray items
        ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!
        : node[step]!;

    private static PlanDefinition Parsed(string json)
    {
        var parsed = PlanJson.Parse(json);
        Assert.True(parsed.Ok, string.Join("; ", parsed.Errors.Select(e => $"{e.Pointer}: {e.Message}")));
        return parsed.Plan!;
    }
}
