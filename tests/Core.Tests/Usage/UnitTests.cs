using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class UnitTests
{
    [Theory]
    [InlineData("1", "kB", "B", "1000")]
    [InlineData("1", "KiB", "B", "1024")]
    [InlineData("1", "GiB", "MiB", "1024")]
    [InlineData("2.5", "TB", "GB", "2500")]
    [InlineData("1234", "Wh", "kWh", "1.234")]
    [InlineData("1", "ft3", "L", "28.316846592")]
    [InlineData("28.316846592", "L", "ft3", "1")]
    [InlineData("113267.386368", "L", "100ft3", "40")]
    [InlineData("1800", "s", "h", "0.5")]
    [InlineData("1", "mi", "km", "1.609344")]
    [InlineData("7", "trips", "trips", "7")]
    public void Conversions_are_exact(string quantity, string from, string to, string expected)
    {
        Assert.True(DecimalText.TryParse(quantity, out var value));
        Assert.True(Unit.TryConvert(value, Unit.Parse(from), Unit.Parse(to), out var converted));
        Assert.Equal(expected, DecimalText.Format(converted));
    }

    [Fact]
    public void A_conversion_without_a_finite_decimal_says_so_and_keeps_12_places()
    {
        Assert.False(Unit.TryConvert(1m, Unit.Parse("s"), Unit.Parse("h"), out var hours));
        Assert.Equal(0.000277777778m, hours);
    }

    [Theory]
    [InlineData("kWh", "B")]
    [InlineData("trips", "sessions")]
    [InlineData("1", "s")]
    public void Units_that_measure_different_things_do_not_convert(string from, string to)
    {
        Assert.False(Unit.Converts(Unit.Parse(from), Unit.Parse(to)));
        Assert.Throws<ArgumentException>(() => Unit.TryConvert(1m, Unit.Parse(from), Unit.Parse(to), out _));
    }

    [Theory]
    [InlineData("kwh")]
    [InlineData("KB")]
    [InlineData("mb")]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("a b")]
    [InlineData(null)]
    public void A_unit_in_other_capitals_or_of_another_form_is_refused(string? symbol) =>
        Assert.False(Unit.TryParse(symbol, out _));

    [Fact]
    public void A_meter_says_what_is_wrong_with_it()
    {
        var meter = new MeterDefinition("", "", "KB", "median", new(-1m));
        Assert.Equal(
            ["/id", "/name", "/unit", "/aggregation", "/cumulative/rolloverAt"],
            meter.Validate().Select(error => error.Pointer));
        Assert.Contains("kB (1,000 bytes) or KiB (1,024 bytes)", meter.Validate()[2].Message, StringComparison.Ordinal);
        Assert.Empty(new MeterDefinition("water", "Water", "L", "sum", new(100_000m)).Validate());
        Assert.Contains(new MeterDefinition("w", "W", "L", "count", new(null)).Validate(), e => e.Code == "meter.cumulative_count");
    }

    [Fact]
    public void A_meter_survives_its_json()
    {
        var meter = new MeterDefinition("water", "Wässer", "L", "sum", new(99_999.5m));
        Assert.Equal(meter, MeterJson.Parse(MeterJson.Serialize(meter)).Meter);
        Assert.Equal("/units", MeterJson.Parse("""{"id":"a","unit":"L","units":"L"}""").Errors.Single().Pointer);
        Assert.Equal("/id", MeterJson.Parse("""{"unit":"L"}""").Errors.Single().Pointer);
        Assert.Equal("json.invalid", MeterJson.Parse("{").Errors.Single().Code);
        Assert.Equal("json.invalid", MeterJson.Parse("""{"id":"\ud800","unit":"L"}""").Errors.Single().Code);
    }
}
