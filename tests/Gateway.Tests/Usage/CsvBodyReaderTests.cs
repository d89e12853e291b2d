using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;
using OrleansBilling.Gateway.Usage.Csv;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class CsvBodyReaderTests
{
    private const string Header = "id,device,meter,time,value";

    [Fact]
    public void A_row_is_an_event_with_its_columns_in_any_order()
    {
        var (events, lines) = Read("""
            dimensions.zone,value,time,meter,device,id,unit,dimensions.band,session
            b,1.50,1970-01-01T00:00:01Z,m,d,e-1,kWh,a,
            ,2,1970-01-01T00:00:02Z,m,d,e-2,,,s-1
            """);

        Assert.All(events, read => Assert.Null(read.Fault));
        Assert.Equal(("e-1", "e-1", "d", "m", 10_000_000L, 1.5m, "kWh"), (events[0].Id, events[0].Event.Id, events[0].Event.Device,
            events[0].Event.Meter, events[0].Event.UnixTicks, events[0].Event.Value, events[0].Event.Unit));
        Assert.Equal([new("band", "a"), new("zone", "b")], events[0].Event.Dimensions!);
        Assert.Null(events[1].Event.Unit);
        Assert.Equal([new("session", "s-1")], events[1].Event.Dimensions!);
        Assert.Equal([2, 3], lines);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Quoted_cells_have_commas_quotes_and_line_breaks(string end)
    {
        var (events, lines) = Read(string.Join(end,
            "id,device,meter,\"time\",value,dimensions.note", "\"e,\"\"1\"\"\",d,m,1970-01-01T00:00:01Z,\"1\",\"a,b\"", "",
            "e-2,d,m,1970-01-01T00:00:01Z,1,\"a", "b\"", "e-3,d,m,1970-01-01T00:00:01Z,1,", ""));

        Assert.Equal(["e,\"1\"", "e-2", "e-3"], events.Select(read => read.Id));
        Assert.Equal("a,b", events[0].Event.Dimensions!.Single().Value);
        Assert.Equal(("usage.dimensions_invalid", "/dimensions"), (events[1].Fault!.Code, events[1].Pointer));
        Assert.Equal([2, 4, 6], lines);
    }

    [Theory]
    [InlineData("e,d,m,yesterday,1", "usage.time_invalid", "/time")]
    [InlineData("e,d,m,1970-01-01T00:00:01Z,\"1,5\"", "usage.value_invalid", "/value")]
    [InlineData("e,d,m,1970-01-01T00:00:01Z,1e16", "usage.value_out_of_range", "/value")]
    [InlineData("e,d,m,1970-01-01T00:00:01Z,", "usage.value_invalid", "/value")]
    [InlineData(",d,m,1970-01-01T00:00:01Z,1", "usage.id_invalid", "/id")]
    [InlineData("e,,m,1970-01-01T00:00:01Z,1", "usage.device_invalid", "/device")]
    [InlineData("e,d,m,1970-01-01T00:00:01Z", "usage.row_invalid", null)]
    [InlineData("e,d,m,1970-01-01T00:00:01Z,1,5", "usage.row_invalid", null)]
    [InlineData("e,d,m,1970-01-01T00:00:01Z,\"1\"5", "usage.row_invalid", null)]
    public void A_wrong_row_is_refused_by_itself(string row, string code, string? pointer)
    {
        var (events, _) = Read($"{Header}\n{row}\ngood,d,m,1970-01-01T00:00:01Z,1\n");

        Assert.Equal((code, pointer), (events[0].Fault!.Code, events[0].Pointer));
        Assert.Equal(row[..row.IndexOf(',', StringComparison.Ordinal)], events[0].Id);
        Assert.Null(events[1].Fault);
    }

    [Fact]
    public void An_identifier_stands_in_place_of_the_device()
    {
        var (events, _) = Read("""
            id,device,identifier.kind,identifier.value,meter,time,value
            e-1,,serial,SN-1,m,1970-01-01T00:00:01Z,1
            e-2,d,,,m,1970-01-01T00:00:01Z,1
            e-3,d,serial,SN-1,m,1970-01-01T00:00:01Z,1
            e-4,,serial,,m,1970-01-01T00:00:01Z,1
            e-5,,imsi,x,m,1970-01-01T00:00:01Z,1
            """);

        Assert.NotNull(events[0].Event.Identifier);
        Assert.Null(events[1].Event.Identifier);
        Assert.Equal(
            [null, null, "usage.device_and_identifier", "usage.identifier_invalid", "identifier.value_invalid"],
            events.Select(read => read.Fault?.Code));
        Assert.Equal("/identifier/value", events[4].Pointer);
    }

    [Theory]
    [InlineData("id,device,meter,time,value,colour", "usage.column_unknown", "/colour")]
    [InlineData("id,Device,meter,time,value,device", "usage.column_unknown", "/Device")]
    [InlineData("id,device,meter,time,value,", "usage.column_unknown", "/")]
    [InlineData("id,device,meter,time,value,dimensions.", "usage.column_unknown", "/dimensions.")]
    [InlineData("id,device,meter,time,value,id", "usage.column_duplicate", "/id")]
    [InlineData("id,device,meter,time", "usage.column_missing", "/value")]
    [InlineData("id,meter,time,value", "usage.column_missing", "/device")]
    public void A_wrong_header_names_the_column(string header, string code, string pointer)
    {
        var problem = Refused($"{header}\n{new string(',', header.Count(c => c == ','))}");

        Assert.Equal(422, problem.Status);
        Assert.Equal((code, pointer), (problem.Code, Assert.Single(problem.Errors).Pointer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Nothing_has_no_header(string body) =>
        Assert.Equal(["/id", "/meter", "/time", "/value", "/device"], Refused(body).Errors.Select(error => error.Pointer));

    [Fact]
    public void A_header_alone_is_no_events() => Assert.Empty(Read($"{Header}\r\n").Events);

    [Fact]
    public void A_quote_that_does_not_close_refuses_all_and_says_where()
    {
        var problem = Refused($"{Header}\ne-1,d,m,1970-01-01T00:00:01Z,1\ne-2,\"d,m,1970-01-01T00:00:01Z,1\ne-3,d,m,1970-01-01T00:00:01Z,1\n");

        Assert.Equal((400, "request.csv_broken", (3L, null)), (problem.Status, problem.Code, problem.Position!.Value));
    }

    [Fact]
    public void A_line_beyond_the_limit_refuses_all() =>
        Assert.Equal("request.csv_broken", Refused($"{Header}\n{new string('x', 70_000)}").Code);

    [Fact]
    public void More_rows_than_a_request_takes_are_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, UsageLimits.MaxEvents).Select(i => $"e-{i},d,m,1970-01-01T00:00:01Z,1\n"));

        Assert.Equal(UsageLimits.MaxEvents, Read($"{Header}\n{rows}").Events.Length);
        Assert.Equal("usage.too_many_events", Refused($"{Header}\n{rows}one,d,m,1970-01-01T00:00:01Z,1").Code);
    }

    /// <summary>Whatever the texts are, a row is read as the JSON event of the same texts.</summary>
    [Fact]
    public void A_row_and_its_event_in_json_are_read_alike()
    {
        string[] common = ["e-1", "d", "1.5", "1970-01-01T00:00:01Z", "a\"b", "x,y"];
        string[] right = ["e-1", "d", "m", "1970-01-01T00:00:01Z", "1.50", "kWh", "b", "stop"];
        var text = Gen.OneOf(Gen.Int[0, common.Length - 1].Select(i => common[i]), Gen.String[Gen.Char[' ', '\u017f'], 1, 70]);
        Gen.Select(text.Array[right.Length], Gen.Int[0, 255]).Sample((texts, replaced) =>
        {
            string[] cells = [.. texts.Select((other, i) => (replaced >> i & 1) == 1 && replaced % 3 == 0 ? other : right[i])];
            string[] names = ["id", "device", "meter", "time", "value", "unit", "dimensions.zone", "phase"];
            var quoted = cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            var csv = Read($"{string.Join(',', names)}\n{string.Join(',', quoted)}\n").Events.Single();
            var json = ReadJson(new JsonObject
            {
                ["id"] = cells[0], ["device"] = cells[1], ["meter"] = cells[2], ["time"] = cells[3], ["value"] = cells[4], ["unit"] = cells[5],
                ["dimensions"] = new JsonObject { ["zone"] = cells[6] }, ["phase"] = cells[7],
            });
            Assert.Equal(json.Id, csv.Id);
            Assert.Equal(json.Fault is null, csv.Fault is null);
            Assert.Equal(
                (json.Event.Device, json.Event.Meter, json.Event.UnixTicks, json.Event.Value, json.Event.Unit),
                (csv.Event.Device, csv.Event.Meter, csv.Event.UnixTicks, csv.Event.Value, csv.Event.Unit));
            Assert.Equal(json.Event.Dimensions ?? [], csv.Event.Dimensions ?? []);
        }, iter: 2000);
    }

    private static (IntakeEvent[] Events, List<long> Lines) Read(string csv)
    {
        var batch = new IntakeBatch(new());
        CsvBodyReader.Read(Encoding.UTF8.GetBytes(csv), batch);
        return (batch.Events.ToArray(), batch.Lines);
    }

    private static IntakeEvent ReadJson(JsonObject usage)
    {
        var batch = new IntakeBatch(new());
        UsageBodyReader.Read(Encoding.UTF8.GetBytes(new JsonObject { ["events"] = new JsonArray(usage) }.ToJsonString()), UsageForm.Json, batch);
        return batch.Events[0];
    }

    private static ApiProblem Refused(string csv) => Assert.Throws<ProblemException>(() => Read(csv)).Problem;
}
