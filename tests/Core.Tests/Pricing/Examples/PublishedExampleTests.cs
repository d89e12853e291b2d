using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>The library of worked examples of the field: each by the pure core, and what it must cover.</summary>
public class PublishedExampleTests
{
    /// <summary>Names of what plans can say beyond their models; each is in some example.</summary>
    private static readonly string[] Features =
    [
        "timeOfUse", "schedule", "minimum", "maximum", "discounts", "discountPercent", "allowance", "freeQuantity", "perEvent",
        "perDevice", "perLine", "tierBounds", "firstFlatAtZero", "where", "states", "prorateBounds", "rounding", "cycle",
        "\"per\":\"day\"", "\"per\":\"device\"", "\"proration\":\"second\"", "\"proration\":\"none\"", "\"of\":\"events\"",
        "\"kind\":\"oneTime\"", "roundTo", "first",
    ];

    /// <summary>Every example by its name.</summary>
    public static TheoryData<string> Names => [.. ExampleLibrary.Examples.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_quote_comes_to_what_the_source_says(string name)
    {
        var example = ExampleLibrary.Examples.Single(e => e.Name == name);
        var lines = ExamplePricing.Lines(example);
        Assert.Equal(example.Total, lines.Sum(line => line.Amount.ToDecimal()));
        foreach (var (charge, amount) in example.Lines)
        {
            Assert.Equal((charge, amount), (charge, lines.Where(l => l.ChargeId == charge).Sum(l => l.Amount.ToDecimal())));
        }

        Assert.All(lines, line => Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(step => step.Amount)));
    }

    [Fact]
    public void There_are_150_examples_of_every_model_60_of_them_with_a_published_total()
    {
        var examples = ExampleLibrary.Examples;
        Assert.Equal(examples.Count, examples.Select(e => e.Name).Distinct().Count());
        Assert.InRange(examples.Count, 150, int.MaxValue);
        Assert.InRange(examples.Count(e => e.Published), 60, int.MaxValue);
        foreach (var model in Enum.GetValues<PriceModel>())
        {
            Assert.True(examples.Count(e => Models(e).Contains(model)) >= 3, $"There are too few examples of {model}.");
        }
    }

    [Fact]
    public void Every_example_says_where_it_is_from_and_how_its_amount_comes_about()
    {
        Assert.All(ExampleLibrary.Examples, e =>
        {
            string[] source = [e.Source.Title, e.Source.Address, e.Source.Seen];
            Assert.DoesNotContain(source, string.IsNullOrWhiteSpace);
            Assert.True(e.Published || !string.IsNullOrWhiteSpace(e.Arithmetic), e.Name);
        });
    }

    [Fact]
    public void Examples_cover_what_plans_can_say()
    {
        var plans = ExampleLibrary.Examples.SelectMany(e => e.Plans.Values)
            .Select(plan => System.Text.Encoding.UTF8.GetString(PlanJson.Serialize(plan))).ToArray();
        Assert.All(Features.Select(f => f.StartsWith('"') ? f : $"\"{f}\""),
            f => Assert.Contains(plans, p => p.Contains(f, StringComparison.Ordinal)));
        Assert.Contains(ExampleLibrary.Examples, e => e.Changes.Count > 0);
        Assert.Contains(ExampleLibrary.Examples, e => e.Devices.Any(d => d.From is not null));
        Assert.Contains(ExampleLibrary.Examples, e => e.Zone != DateTimeZone.Utc);
    }

    private static IEnumerable<PriceModel> Models(PricingExample example) =>
        example.Plans.Values.SelectMany(plan => plan.Charges)
            .SelectMany(charge => ChargePrices.Of(charge, "")).Select(p => p.Price.Model);
}
