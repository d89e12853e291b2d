using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class MeterJsonTests
{
    [Theory]
    [InlineData("""{"id":"m","name":"M","unit":"kWh","aggregation":"sum"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"kWh","aggregation":"sum","cumulative":{"rolloverAt":"100"}}""")]
    [InlineData("""{"id":"m","name":"M","unit":"kW","aggregation":"max","per":"device"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"sessions","aggregation":"unique","per":"device","uniqueOf":"session"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"GB","aggregation":"timeWeighted"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"GB","aggregation":"timeWeighted","reports":"change","carryOver":false}""")]
    [InlineData("""{"id":"m","name":"M","unit":"GB","aggregation":"timeWeighted","reports":"change","operation":"op"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"users","aggregation":"timeWeighted","uniqueOf":"user","operation":"op"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"users","aggregation":"unique","per":"device","uniqueOf":"user","carryOver":true,"operation":"op"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"L","aggregation":"latest","per":"device","carryOver":true}""")]
    [InlineData("""{"id":"m","name":"M","unit":"seats","aggregation":"sum","carryOver":true,"operation":"op"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"s","aggregation":"sum","session":{"reports":"duration","id":"call","phase":"state","timeoutSeconds":3600}}""")]
    [InlineData("""{"id":"m","name":"M","unit":"MB","aggregation":"sum","value":"max(up, down) / 1000","dimensions":[{"name":"zone","value":"network == 1 ? home : text(2)","values":["a","b"],"otherwise":"c"},{"name":"apn","values":["x"]}]}""")]
    [InlineData("""{"id":"m","name":"M","unit":"x","aggregation":"unique","uniqueOf":"s","maxDistinct":500}""")]
    [InlineData("""{"id":"m","name":"M","unit":"x","aggregation":"count","eventType":"prompt"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"Wh","aggregation":"sum","session":{"reports":"total","id":"session","phase":"phase"},"maxDistinct":100000}""")]
    [InlineData("""{"id":"m","name":"M","unit":"kWh","aggregation":"sum","cumulative":{},"value":"value * 40"}""")]
    [InlineData("""{"id":"m","name":"M","unit":"Wh","aggregation":"sum","session":{"reports":"total","id":"session","phase":"phase"},"value":"value * 40"}""")]
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
    [InlineData("\"reports\":\"change\"", "/reports meter.reports_not_for_aggregation")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"reports\":\"delta\"", "/reports meter.reports_unknown")]
    [InlineData("\"aggregation\":\"max\",\"carryOver\":true", "/carryOver meter.carry_over_not_for_aggregation")]
    [InlineData("\"aggregation\":\"latest\",\"carryOver\":true", "/per meter.level_per_device")]
    [InlineData("\"aggregation\":\"unique\",\"per\":\"device\",\"uniqueOf\":\"u\",\"operation\":\"u\"", "/operation meter.operation_invalid")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"operation\":\"o\"", "/operation meter.operation_not_for_aggregation")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"uniqueOf\":\"u\"", "/operation meter.operation_missing")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"cumulative\":{}", "/aggregation meter.cumulative_aggregation")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"per\":\"device\"", "/per meter.per_not_for_aggregation")]
    [InlineData("\"session\":{\"reports\":\"duration\"}", "/unit meter.session_unit")]
    [InlineData("\"session\":{\"reports\":\"sum\"}", "/session/reports meter.session_reports")]
    [InlineData("\"session\":{\"phase\":\"session\"}", "/session/phase meter.session_dimension")]
    [InlineData("\"session\":{\"id\":\"\"}", "/session/id meter.session_dimension")]
    [InlineData("\"session\":{\"timeoutSeconds\":0}", "/session/timeoutSeconds meter.session_timeout")]
    [InlineData("\"aggregation\":\"count\",\"session\":{}", "/session meter.session_aggregation")]
    [InlineData("\"carryOver\":true,\"session\":{}", "/session meter.session_aggregation")]
    [InlineData("\"value\":\"up +\"", "/value expression.syntax")]
    [InlineData("\"value\":\"up == 1\"", "/value expression.type")]
    [InlineData("\"aggregation\":\"count\",\"value\":\"up\"", "/value meter.value_unused")]
    [InlineData("\"aggregation\":\"unique\",\"uniqueOf\":\"u\",\"value\":\"up\"", "/value meter.value_unused")]
    [InlineData("\"dimensions\":[{\"name\":\"a\",\"value\":\"value\"}]", "/dimensions/0/value expression.type")]
    [InlineData("\"dimensions\":[{\"name\":\"a\"}]", "/dimensions/0 meter.dimension_without_rule")]
    [InlineData("\"dimensions\":[{\"name\":\"\",\"values\":[\"a\"]}]", "/dimensions/0/name meter.dimension_name")]
    [InlineData("\"dimensions\":[{\"name\":\"a\",\"values\":[]}]", "/dimensions/0/values meter.dimension_values")]
    [InlineData("\"dimensions\":[{\"name\":\"a\",\"value\":\"b\",\"otherwise\":\"c\"}]", "/dimensions/0/otherwise meter.dimension_otherwise")]
    [InlineData("\"dimensions\":[{\"name\":\"a\",\"value\":\"b\"},{\"name\":\"a\",\"values\":[\"x\"]}]", "/dimensions/1/name meter.dimension_twice")]
    [InlineData("\"maxDistinct\":5", "/maxDistinct meter.max_distinct_unused")]
    [InlineData("\"eventType\":\"\"", "/eventType meter.event_type")]
    [InlineData("\"aggregation\":\"timeWeighted\",\"maxDistinct\":10001", "/maxDistinct meter.max_distinct")]
    [InlineData("\"session\":{},\"maxDistinct\":0", "/maxDistinct meter.max_distinct")]
    [InlineData("\"cumulative\":{},\"dimensions\":[{\"name\":\"a\",\"value\":\"b\"}]", "/dimensions meter.dimensions_of_register")]
    [InlineData("\"session\":{},\"dimensions\":[{\"name\":\"phase\",\"value\":\"b\"}]", "/dimensions/0/name meter.dimension_reserved")]
    public void What_does_not_go_together_is_refused_with_its_place(string more, string error)
    {
        var parsed = MeterJson.Parse($$"""{"id":"m","unit":"kWh",{{more}}}""");
        Assert.Equal([error], parsed.Meter!.Validate().Select(e => $"{e.Pointer} {e.Code}"));
    }
}
