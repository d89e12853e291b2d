using System.Globalization;
using System.Text;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class UsageBodyReaderTests
{
    private const string Good = """{"id":"e","device":"d","meter":"m","time":"2026-01-31T08:00:00Z","value":"1.5"}""";

    private const string Cloud = """
        {"specversion":"1.0","id":"e","source":"/s","type":"m","subject":"d","time":"2026-01-31T08:00:00Z",
         "traceparent":"00-x","data":{"value":2}}
        """;

    [Fact]
    public void A_compact_event_is_read_field_by_field()
    {
        var read = Assert.Single(Read("""
            {"events":[{"id":"e-1","device":"d","meter":"m","time":"1970-01-01T00:00:01Z","value":"1.50","unit":"kWh",
              "dimensions":{"zone":"b","band":"a"}}]}
            """));
        Assert.Null(read.Fault);
        Assert.Equal(("e-1", "e-1", "d", "m", 10_000_000L, 1.5m, "kWh"), (read.Id, read.Event.Id, read.Event.Device,
            read.Event.Meter, read.Event.UnixTicks, read.Event.Value, read.Event.Unit));
        Assert.Equal([new("band", "a"), new("zone", "b")], read.Event.Dimensions!);
    }

    [Fact]
    public void Session_phase_and_operation_are_dimensions_with_fields_of_their_own()
    {
        var read = Assert.Single(Read("""
            {"events":[{"id":"e","device":"d","meter":"m","time":"1970-01-01T00:00:01Z","value":"1","session":"s-1","phase":"stop",
              "operation":null,"dimensions":{"zone":"b","band":"a"}}]}
            """));
        Assert.Equal([new("band", "a"), new("phase", "stop"), new("session", "s-1"), new("zone", "b")], read.Event.Dimensions!);
        var cloud = Assert.Single(Read(Cloud.Replace("{\"value\":2}", "{\"value\":2,\"operation\":\"add\"}", StringComparison.Ordinal), UsageForm.Structured));
        Assert.Equal([new("operation", "add")], cloud.Event.Dimensions!);
    }

    [Theory]
    [InlineData("\"session\":\"a\",\"dimensions\":{\"session\":\"b\"}", "usage.dimensions_invalid", "/events/0/dimensions")]
    [InlineData("\"session\":\"\"", "usage.dimensions_invalid", "/events/0/session")]
    [InlineData("\"phase\":1", "usage.dimensions_invalid", "/events/0/phase")]
    [InlineData("\"phase\":\"start\",\"phase\":\"stop\"", "usage.field_duplicate", "/events/0/phase")]
    public void A_field_of_a_dimension_says_where_it_is_wrong(string more, string code, string pointer)
    {
        var read = Assert.Single(Read($$"""{"events":[{"id":"e","device":"d","meter":"m","time":"1970-01-01T00:00:01Z","value":"1",{{more}}}]}"""));
        Assert.Equal((code, pointer), (read.Fault!.Code, read.Pointer));
    }

    [Fact]
    public void A_json_number_is_read_from_its_digits_and_never_as_floating_point()
    {
        var read = Assert.Single(Read($$"""{"events":[{{With("value", "0.1000000000000000000000000000000000")}},{{With("value", "123456789012345.123456789012")}}]}""")[1..]);
        Assert.Equal(123456789012345.123456789012m, read.Event.Value);
    }

    [Theory]
    [InlineData("value", "\"NaN\"", "usage.value_invalid")]
    [InlineData("value", "\"Infinity\"", "usage.value_invalid")]
    [InlineData("value", "\"\"", "usage.value_invalid")]
    [InlineData("value", "true", "usage.value_invalid")]
    [InlineData("value", "null", "usage.value_invalid")]
    [InlineData("value", "[1]", "usage.value_invalid")]
    [InlineData("value", "1e999", "usage.value_out_of_range")]
    [InlineData("value", "1000000000000000", "usage.value_out_of_range")]
    [InlineData("value", "\"0.0000000000001\"", "usage.value_out_of_range")]
    [InlineData("time", "\"2026-01-31T08:00:00\"", "usage.time_invalid")]
    [InlineData("time", "1769846400", "usage.time_invalid")]
    [InlineData("time", "null", "usage.time_invalid")]
    [InlineData("id", "\"\"", "usage.id_invalid")]
    [InlineData("id", "17", "usage.id_invalid")]
    [InlineData("id", "\" e\"", "usage.id_invalid")]
    [InlineData("id", "\"a\\u0000\"", "usage.id_invalid")]
    [InlineData("id", "\"\\ud800\"", "usage.id_invalid")]
    [InlineData("device", "null", "usage.device_invalid")]
    [InlineData("device", "{\"a\":1}", "usage.device_invalid")]
    [InlineData("device", "\"\\ud800\"", "usage.device_invalid")]
    [InlineData("meter", "\"\\t\"", "usage.meter_invalid")]
    [InlineData("unit", "\"\"", "usage.unit_invalid")]
    [InlineData("unit", "5", "usage.unit_invalid")]
    [InlineData("dimensions", "[]", "usage.dimensions_invalid")]
    [InlineData("dimensions", "{\"a\":1}", "usage.dimensions_invalid")]
    [InlineData("dimensions", "{\"\":\"x\"}", "usage.dimensions_invalid")]
    [InlineData("dimensions", "{\"a\":\"x\",\"a\":\"y\"}", "usage.dimensions_invalid")]
    [InlineData("colour", "\"red\"", "usage.field_unknown")]
    public void A_malformed_event_is_refused_by_itself_with_a_pointer(string field, string value, string code)
    {
        var read = Read($$"""{"events":[{{Good}},{{With(field, value)}},{{Good}}]}""");
        Assert.Null(read[0].Fault);
        Assert.Equal((code, $"/events/1/{field}"), (read[1].Fault?.Code, read[1].Pointer));
        Assert.Null(read[2].Fault);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("device")]
    [InlineData("meter")]
    [InlineData("time")]
    [InlineData("value")]
    public void A_missing_field_is_named(string field)
    {
        var read = Read($$"""{"events":[{{Without(field)}}]}""")[0];
        Assert.Equal(($"usage.{field}_invalid", $"/events/0/{field}"), (read.Fault?.Code, read.Pointer));
    }

    [Fact]
    public void A_field_given_twice_is_refused()
    {
        var read = Read("""{"events":[{"id":"a","id":"b","device":"d","meter":"m","time":"2026-01-31T08:00:00Z","value":1}]}""")[0];
        Assert.Equal(("usage.field_duplicate", "/events/0/id"), (read.Fault?.Code, read.Pointer));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[[1],{\"a\":[]}]")]
    [InlineData("\"event\"")]
    public void What_is_no_object_is_no_event(string item)
    {
        var read = Read($$"""{"events":[{{item}},{{Good}}]}""");
        Assert.Equal(("usage.event_invalid", "/events/0"), (read[0].Fault?.Code, read[0].Pointer));
        Assert.Null(read[1].Fault);
    }

    [Fact]
    public void Ids_have_at_most_128_characters()
    {
        Assert.Null(Read($$"""{"events":[{{With("id", Quoted('ü', 128))}}]}""")[0].Fault);
        Assert.NotNull(Read($$"""{"events":[{{With("id", Quoted('ü', 129))}}]}""")[0].Fault);
        Assert.Null(Read($$"""{"events":[{{With("device", Quoted('ü', 128))}}]}""")[0].Fault);
        Assert.NotNull(Read($$"""{"events":[{{With("device", Quoted('d', 129))}}]}""")[0].Fault);
    }

    [Theory]
    [InlineData(16, 64, true)]
    [InlineData(17, 64, false)]
    [InlineData(16, 65, false)]
    public void An_event_has_at_most_16_dimensions_of_64_characters(int count, int length, bool allowed)
    {
        var dimensions = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":{Quoted('v', length)}"));
        Assert.Equal(allowed, Read($$$"""{"events":[{{{With("dimensions", $"{{{dimensions}}}")}}}]}""")[0].Fault is null);
    }

    [Fact]
    public void Ten_thousand_events_are_taken_and_one_more_is_refused_with_all_of_them()
    {
        var events = string.Join(',', Enumerable.Repeat(Good, 10_000));
        Assert.Equal(10_000, Read($$"""{"events":[{{events}}]}""").Length);
        var problem = Refused($$"""{"events":[{{events}},{{Good}}]}""");
        Assert.Equal((422, "usage.too_many_events"), (problem.Status, problem.Code));
    }

    [Fact]
    public void Broken_json_after_ten_thousand_events_is_still_told_as_broken() =>
        Assert.Equal(400, Refused($$"""{"events":[{{string.Join(',', Enumerable.Repeat(Good, 10_001))}},oops]}""").Status);

    [Theory]
    [InlineData("""{"events":[{"id":"a"},""", 1)]
    [InlineData("", 1)]
    [InlineData("{\"events\":[\n{\"id\":\"a\",\n\"value\":NaN}]}", 3)]
    [InlineData("{\"events\":[]}\n trailing", 2)]
    [InlineData("{\"events\":[{\"id\":\"a\" \"device\":\"d\"}]}", 1)]
    [InlineData("{\"nothing\":1\n", 2)]
    [InlineData("nonsense", 1)]
    public void Broken_json_is_refused_with_line_and_byte(string body, long line)
    {
        var problem = Refused(body);
        Assert.Equal((400, "request.json_broken"), (problem.Status, problem.Code));
        Assert.Equal(line, problem.Position!.Value.Line);
    }

    [Theory]
    [InlineData("""{"events":[],"extra":1}""", "json.unknown_property", "/extra")]
    [InlineData("""{"extra/~":{"events":[]}}""", "json.unknown_property", "/extra~1~0")]
    [InlineData("""{"events":5}""", "json.type", "/events")]
    [InlineData("""{"events":[],"events":[]}""", "json.duplicate_property", "/events")]
    [InlineData("{}", "json.required", "/events")]
    [InlineData("5", "usage.body_invalid", "")]
    public void A_body_of_another_shape_is_refused_with_a_pointer(string body, string code, string pointer)
    {
        var problem = Refused(body);
        Assert.Equal((422, code, pointer), (problem.Status, problem.Code, problem.Errors[0].Pointer));
    }

    [Theory]
    [InlineData(UsageForm.Structured, Cloud)]
    [InlineData(UsageForm.Batched, $"[{Cloud}]")]
    [InlineData(UsageForm.Json, Cloud)]
    [InlineData(UsageForm.Json, $"[{Cloud}]")]
    internal void A_cloud_event_is_read_in_every_json_form(UsageForm form, string body)
    {
        var read = Assert.Single(Read(body, form));
        Assert.Null(read.Fault);
        Assert.Equal(("e", "(/s)e", "d", "m", 2m),
            (read.Id, read.Event.Id, read.Event.Device, read.Event.Meter, read.Event.Value));
    }

    [Theory]
    [InlineData("\"1.0\"", "\"0.3\"", "usage.specversion_unsupported", "/0/specversion")]
    [InlineData("\"specversion\":\"1.0\",", "", "usage.specversion_unsupported", "/0/specversion")]
    [InlineData("\"source\":\"/s\",", "", "usage.source_invalid", "/0/source")]
    [InlineData("\"subject\":\"d\",", "", "usage.device_invalid", "/0/subject")]
    [InlineData("\"type\":\"m\",", "", "usage.meter_invalid", "/0/type")]
    [InlineData("{\"value\":2}", "{}", "usage.value_invalid", "/0/data/value")]
    [InlineData("{\"value\":2}", "2", "usage.data_invalid", "/0/data")]
    [InlineData("{\"value\":2}", "{\"value\":2,\"x\":1}", "usage.field_unknown", "/0/data/x")]
    [InlineData("\"data\":{\"value\":2}", "\"data_base64\":\"AA==\"", "usage.data_invalid", "/0/data_base64")]
    public void A_malformed_cloud_event_is_refused_by_itself(string old, string changed, string code, string pointer)
    {
        var read = Read($"[{Cloud.Replace(old, changed, StringComparison.Ordinal)},{Cloud}]", UsageForm.Batched);
        Assert.Equal((code, pointer), (read[0].Fault?.Code, read[0].Pointer));
        Assert.Null(read[1].Fault);
    }

    [Fact]
    public void Two_sources_may_use_the_same_id()
    {
        var read = Read($"[{Cloud},{Cloud.Replace("/s", "/t", StringComparison.Ordinal)}]");
        Assert.Equal(["(/s)e", "(/t)e"], read.Select(item => item.Event.Id));
        Assert.All(read, item => Assert.Equal("e", item.Id));
    }

    [Fact]
    public void The_binary_mode_takes_attributes_from_headers()
    {
        var batch = new IntakeBatch(new());
        UsageBodyReader.ReadBinary("""{"value":"3","unit":"MB"}"""u8, "1.0", "/s", "e", "m", "d", "2026-01-31T08:00:00Z", batch);
        var read = batch.Events[0];
        Assert.Null(read.Fault);
        Assert.Equal(("(/s)e", "d", "m", 3m, "MB"),
            (read.Event.Id, read.Event.Device, read.Event.Meter, read.Event.Value, read.Event.Unit));
    }

    [Fact]
    public void The_binary_mode_names_the_header_at_fault()
    {
        var batch = new IntakeBatch(new());
        UsageBodyReader.ReadBinary("""{"value":"3"}"""u8, "1.0", "/s", "e", "m", "", "2026-01-31T08:00:00Z", batch);
        Assert.Equal(("usage.device_invalid", "ce-subject"), (batch.Events[0].Fault?.Code, batch.Events[0].Pointer));
    }

    [Fact]
    public void A_batch_that_is_used_again_keeps_nothing_of_the_last_one()
    {
        var batch = new IntakeBatch(new());
        UsageBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"events":[{{With("value", "\"NaN\"")}}]}"""), UsageForm.Json, batch);
        batch.Clear();
        UsageBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"events":[{{Good}}]}"""), UsageForm.Json, batch);
        Assert.Equal(1, batch.Count);
        Assert.Null(batch.Events[0].Fault);
        Assert.Null(batch.Events[0].Pointer);
    }

    [Fact]
    public void Texts_that_share_a_cache_slot_are_never_mixed_up()
    {
        var devices = Enumerable.Range(0, 9_999).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var events = string.Join(
            ',', devices.Concat(devices.Take(1)).Select(device => With("device", $"\"{device}\"")));
        Assert.Equal(devices.Concat(devices.Take(1)), Read($$"""{"events":[{{events}}]}""").Select(read => read.Event.Device));
    }

    private static string With(string field, string value)
    {
        var item = Without(field);
        return $"{item[..^1]},\"{field}\":{value}}}";
    }

    private static string Without(string field)
    {
        var fields = new Dictionary<string, string>
        {
            ["id"] = "\"e\"", ["device"] = "\"d\"", ["meter"] = "\"m\"", ["time"] = "\"2026-01-31T08:00:00Z\"",
            ["value"] = "\"1.5\"",
        };
        fields.Remove(field);
        return $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private static string Quoted(char c, int length) => $"\"{new string(c, length)}\"";

    private static IntakeEvent[] Read(string body, UsageForm form = UsageForm.Json)
    {
        var batch = new IntakeBatch(new());
        UsageBodyReader.Read(Encoding.UTF8.GetBytes(body), form, batch);
        return batch.Events.ToArray();
    }

    private static ApiProblem Refused(string body) => Assert.Throws<ProblemException>(() => Read(body)).Problem;
}
