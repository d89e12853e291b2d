using OrleansBilling.Core.Usage;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Usage;

public class MeasuringTests
{
    private static readonly MeterDefinition Traffic = new("m", "M", "MB", Value: "(up + down) / 1000");

    [Fact]
    public void What_an_event_counts_is_what_the_expression_comes_to_and_its_dimensions_stay()
    {
        var measured = Measured(Traffic, 0m, ("down", "1500"), ("up", "500.5"));
        Assert.Equal((2.0005m, "down=1500 up=500.5"), (measured.Quantity, Text(measured)));
    }

    [Fact]
    public void A_meter_without_expressions_takes_events_as_they_say()
    {
        KeyValuePair<string, string>[] dimensions = [new("a", "1")];
        var plain = new Measuring(new("m", "M", "MB"));
        Assert.True(plain.IsPlain);
        Assert.True(plain.TryMeasure(5m, dimensions, out var measured, out _));
        Assert.Equal(5m, measured.Quantity);
        Assert.Same(dimensions, measured.Dimensions);
    }

    [Theory]
    [InlineData("value - 10", "9", "expression.value_out_of_range")]
    [InlineData("value * 1000000000000000", "1", "expression.value_out_of_range")]
    [InlineData("value / down", "1", "expression.dimension_missing")]
    [InlineData("value / (value - 1)", "1", "expression.division_by_zero")]
    public void What_is_no_quantity_is_a_fault(string expression, string value, string code)
    {
        Assert.False(new Measuring(Traffic with { Value = expression }).TryMeasure(D(value), null, out _, out var fault));
        Assert.Equal(code, fault.Code);
        Assert.Contains(expression, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_has_12_places_rounded_half_even_and_changes_of_levels_may_fall()
    {
        Assert.Equal(0.000000000002m, Measured(Traffic with { Value = "0.0000000000025 * value" }, 1m).Quantity);
        var level = Traffic with { Value = "value * 2", Aggregation = MeterDefinition.TimeWeighted, Reports = "change" };
        Assert.Equal(-6m, Measured(level, -3m).Quantity);
        Assert.False(new Measuring(level).TryMeasure(500_000_000_000m, null, out _, out var fault));
        Assert.Equal("expression.value_out_of_range", fault.Code);
    }

    [Fact]
    public void Dimensions_are_derived_in_their_order_and_stay_sorted()
    {
        var meter = new MeterDefinition("m", "M", "MB", Value: "zone == 'eu' ? value : value * 2", Dimensions:
        [
            new("zone", "startsWith(network, '26') ? 'eu' : 'rest'"),
            new("label", "concat(zone, '-', text(value))"),
        ]);
        var measured = Measured(meter, 3m, ("network", "26201"), ("zone", "said"));
        Assert.Equal((3m, "label=eu-3 network=26201 zone=eu"), (measured.Quantity, Text(measured)));
        measured = Measured(meter, 3m, ("network", "310"), ("zone", "said"));
        Assert.Equal((6m, "label=rest-3 network=310 zone=rest"), (measured.Quantity, Text(measured)));
        Assert.False(new Measuring(meter).TryMeasure(3m, [], out _, out var fault));
        Assert.Equal(("expression.dimension_missing", "network"), (fault.Code, fault.Subject));
    }

    [Fact]
    public void A_derived_text_is_no_longer_than_a_dimension_may_be()
    {
        var meter = new MeterDefinition("m", "M", "MB", Dimensions: [new("long", "concat(a, a)")]);
        Assert.Equal(64, Measured(meter, 1m, ("a", new string('x', 32))).Dimensions[1].Value.Length);
        Assert.False(new Measuring(meter).TryMeasure(1m, [new("a", new string('x', 33))], out _, out var fault));
        Assert.Equal("expression.text_too_long", fault.Code);
    }

    [Fact]
    public void Values_that_the_meter_does_not_know_are_one_bucket_whatever_came_before()
    {
        var meter = new MeterDefinition("m", "M", "MB", Dimensions: [new("zone", null, ["eu", "us"]), new("apn", null, ["a"], "rest")]);
        var known = Measured(meter, 1m, ("apn", "a"), ("zone", "us"));
        Assert.Equal(("apn=a zone=us", null), (Text(known), known.Folded));
        var other = Measured(meter, 1m, ("apn", "b"), ("zone", "mars"));
        Assert.Equal(("apn=rest zone=other", "zone"), (Text(other), other.Folded));
        Assert.Equal(("zone=other", null), (Text(Measured(meter, 1m, ("zone", "other"))), Measured(meter, 1m, ("zone", "other")).Folded));
        Assert.Equal("", Text(Measured(meter, 1m)));
    }

    [Fact]
    public void Figures_do_not_tell_levels_and_sessions_apart()
    {
        var level = Traffic with { Aggregation = MeterDefinition.TimeWeighted };
        Assert.Equal("zone=eu", Text(Measured(level, 0m, ("down", "1"), ("up", "2"), ("zone", "eu"))));
    }

    private static Measured Measured(MeterDefinition meter, decimal value, params (string Name, string Value)[] dimensions)
    {
        Assert.Empty(meter.Validate());
        Assert.True(new Measuring(meter).TryMeasure(
            value, [.. dimensions.Select(d => KeyValuePair.Create(d.Name, d.Value))], out var measured, out var fault), fault?.Message);
        return measured;
    }

    private static string Text(Measured measured) => string.Join(' ', measured.Dimensions.Select(d => $"{d.Key}={d.Value}"));
}
