using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class MeterJsonTests
{
    [Theory]
    [InlineData("""{"id":"m","name":"M","unit":"kWh","aggregation":"sum"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"kWh","aggregation":"sum","cumulative":{"rolloverAt":"100"}}""")]
    [InlineData("""{"id":"m","name":"M","unit":"kW","aggregation":"max","per":"device"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"sessions","aggregation":"unique","per":"device","uniqueOf":"session"}""")]
    public void A_valid_meter_is_written_as_it_was_read(string json)
    {
        var meter = MeterJson.Parse(json).Meter!;
        Assert.Empty(meter.Validate());
        Assert.Equal(json, System.Text.Encoding.UTF8.GetString(MeterJson.Serialize(meter)));
    }

    [Theory]
    [InlineData("\"aggregation\":\"average\"", "/aggregation meter.aggregation_unknown")]
    [InlineData("\"aggregation\":\"unique\"", "/uniqueOf meter.unique_of")]
    [InlineData("\"aggregation\":\"unique\",\"uniqueOf\":\"\"", "/uniqueOf meter.unique_of")]
    [InlineData("\"uniqueOf\":\"session\"", "/uniqueOf meter.unique_of")]
    [InlineData("\"aggregation\":\"max\",\"per\":\"tenant\"", "/per meter.per_unknown")]
    [InlineData("\"per\":\"device\"", "/per meter.per_not_for_aggregation")]
    [InlineData("\"aggregation\":\"count\",\"per\":\"device\"", "/per meter.per_not_for_aggregation")]
    [InlineData("\"aggregation\":\"count\",\"cumulative\":{}", "/cumulative meter.cumulative_count")]
    [InlineData("\"aggregation\":\"max\",\"cumulative\":{}", "/aggregation meter.cumulative_aggregation")]
    [InlineData("\"aggregation\":\"latest\",\"per\":\"device\",\"cumulative\":{}", "/aggregation meter.cumulative_aggregation")]
    public void What_does_not_go_together_is_refused_with_its_place(string more, string error)
    {
        var parsed = MeterJson.Parse($$"""{"id":"m","unit":"kWh",{{more}}}""");
        Assert.Equal([error], parsed.Meter!.Validate().Select(e => $"{e.Pointer} {e.Code}"));
    }
}
