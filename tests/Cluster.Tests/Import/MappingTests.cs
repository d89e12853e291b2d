using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands;
using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Rows;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Import;

public sealed class MappingTests : IDisposable
{
    private const string Simple = """
        {"emits":[{"meter":"m","device":"{dev}","id":"{t}","time":{"column":"t","formats":["iso"]},"value":"v","min":"0"}]}
        """;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_row_becomes_an_event()
    {
        var (events, _) = Map(Simple, "dev,t,v\nd1,2020-01-02T03:04:05Z,1.50\n");
        var usage = Assert.Single(events);
        Assert.Equal(("d1", "m", 1.50m), (usage.Device, usage.Meter, usage.Value));
        Assert.Equal(Instant.FromUtc(2020, 1, 2, 3, 4, 5), usage.Time);
    }

    [Theory]
    [InlineData("d1,2020-01-02T03:04:05Z,", "value.blank: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,NA", "value.blank: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,abc", "value.not_a_number: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,\"1,234.5\"", "value.not_a_number: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,Infinity", "value.not_a_number: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,1e400", "value.not_a_number: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,1e-40", "value.too_precise: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,0.12345678901234567890123456789", "value.too_precise: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,-1", "value.negative")]
    [InlineData("d1,2020-02-30T00:00:00Z,1", "time.not_a_time")]
    [InlineData("d1,,1", "time.blank")]
    [InlineData(",2020-01-02T03:04:05Z,1", "device.blank")]
    [InlineData("d1", "value.blank: v")]
    [InlineData("d1,2020-01-02T03:04:05Z,\"1", "row.unclosed_quote")]
    public void A_dirty_row_is_rejected_with_its_reason_and_the_next_is_used(string row, string reason)
    {
        var (events, outcomes) = Map(Simple, $"dev,t,v\n{row}\nd9,2020-01-02T03:04:06Z,7\n");
        Assert.Equal(reason, outcomes[0].Outcome.Reason);
        Assert.Equal(RowKind.Rejected, outcomes[0].Outcome.Kind);
        Assert.Equal(2, outcomes[0].Line);
        Assert.Equal(3, outcomes[1].Line);
        Assert.Equal("d9", Assert.Single(events).Device);
    }

    [Fact]
    public void Quotes_line_breaks_byte_order_mark_and_carriage_returns_are_understood()
    {
        var (events, outcomes) = Map(
            Simple.Replace("\"{dev}\"", "\"{dev|slug}\""),
            "\uFEFFdev,t,v\r\n\"d \"\"1\"\"\n, x\",2020-01-02T03:04:05Z,1\r\n\r\nd2,2020-01-02T03:04:05Z,2\r\n");
        Assert.Equal(["d-1-x", "d2"], events.Select(e => e.Device));
        Assert.Equal([2L, 5L], outcomes.Select(o => o.Line));
    }

    [Theory]
    [InlineData("1.0 2.5\n3.0 4.5\n", "space separated, no header")]
    [InlineData("1.0,2.5\n3.0,4.5\n", "commas, no header")]
    [InlineData("T;F\n1.0;2.5\n3.0;4.5\n", "semicolons, header")]
    [InlineData("T\tF\n1.0\t2.5\n3.0\t4.5\n", "tabs, header")]
    [InlineData("Time Flow\n1.0   2.5  \n3.0 4.5\n", "runs of blanks")]
    public void Separator_and_header_are_found_out(string text, string what)
    {
        const string map = """
            {"columns":["t","f"],"emits":[{"meter":"m","device":"d","id":"{t}","time":{"column":"t","formats":["unix"]},"value":"f"}]}
            """;
        Assert.True(Map(map, text).Events.Select(e => e.Value).SequenceEqual([2.5m, 4.5m]), what);
    }

    [Fact]
    public void A_decimal_comma_is_read_where_the_map_says_so_and_a_point_is_then_a_mistake()
    {
        var map = Simple.Replace("\"value\":\"v\"", "\"value\":\"v\",\"decimal\":\",\"");
        var (events, outcomes) = Map(map,
            "dev,t,v\nd,2020-01-01T00:00:00Z,\"29,87\"\nd,2020-01-01T01:00:00Z,7\nd,2020-01-01T02:00:00Z,1.5\n");
        Assert.Equal([29.87m, 7m], events.Select(e => e.Value));
        Assert.Equal("value.not_a_number: v", outcomes[2].Outcome.Reason);
    }

    [Fact]
    public void The_repeated_autumn_hour_is_two_hours_in_order_of_appearance()
    {
        var (events, _) = Map(HourMap("byOccurrence", "forward"),
            "d,h,v\n11/4/2012,0,1\n11/4/2012,1,2\n11/4/2012,1,3\n11/4/2012,2,4\n");
        Assert.Equal(
            ["2012-11-04T07:00:00Z", "2012-11-04T08:00:00Z", "2012-11-04T09:00:00Z", "2012-11-04T10:00:00Z"],
            events.Select(e => InstantPattern.General.Format(e.Time)));
        Assert.Equal(4, events.Select(e => e.Id).Distinct().Count());
        Assert.Equal("11/4/2012T1#2", events[2].Id);
    }

    [Theory]
    [InlineData("earlier", "2012-11-04T08:00:00Z")]
    [InlineData("later", "2012-11-04T09:00:00Z")]
    [InlineData("reject", null)]
    public void An_ambiguous_time_follows_the_maps_policy(string policy, string? expected)
    {
        var (events, outcomes) = Map(HourMap(policy, "forward"), "d,h,v\n11/4/2012,1,2\n");
        Assert.Equal(expected, events.Select(e => InstantPattern.General.Format(e.Time)).SingleOrDefault());
        Assert.Equal(expected is null ? "time.ambiguous_by_clock_change" : null, outcomes[0].Outcome.Reason);
    }

    [Theory]
    [InlineData("forward", "2013-03-10T10:00:00Z")]
    [InlineData("reject", null)]
    public void A_time_that_never_was_follows_the_maps_policy(string policy, string? expected)
    {
        var (events, outcomes) = Map(HourMap("earlier", policy), "d,h,v\n3/10/2013,2,2\n");
        Assert.Equal(expected, events.Select(e => InstantPattern.General.Format(e.Time)).SingleOrDefault());
        Assert.Equal(expected is null ? "time.skipped_by_clock_change" : null, outcomes[0].Outcome.Reason);
    }

    [Theory]
    [InlineData("unix", "1537522822.965530", "2018-09-21T09:40:22.965530Z")]
    [InlineData("unix", "1537522822", "2018-09-21T09:40:22Z")]
    [InlineData("unixMillis", "1672867882173", "2023-01-04T21:31:22.173Z")]
    [InlineData("iso", "2018-01-12T15:54:00+02:00", "2018-01-12T13:54:00Z")]
    [InlineData("uuuu/MM/dd HH:mm:ss'+00'", "2018/01/12 15:54:00+00", "2018-01-12T15:54:00Z")]
    [InlineData("MM/dd/uuuu hh:mm:ss tt", "12/08/2018 03:45:00 PM", "2018-12-08T15:45:00Z")]
    [InlineData("swapped:uuuu-MM-dd'T00:00:00 'HH:mm", "2018-05-06T00:00:00 11:11", "2018-06-05T11:11:00Z")]
    [InlineData("swapped:uuuu-MM-dd'T00:00:00 'HH:mm", "2018-05-16T00:00:00 11:11", "2018-05-16T11:11:00Z")]
    public void Times_are_read_as_the_format_says(string format, string text, string expected)
    {
        var map = Simple.Replace("\"iso\"", $"\"{format}\"");
        var usage = Assert.Single(Map(map, $"dev,t,v\nd,{text},1\n").Events);
        Assert.Equal(InstantPattern.ExtendedIso.Parse(expected).Value, usage.Time);
    }

    [Fact]
    public void Years_can_be_put_right()
    {
        var map = Simple.Replace("[\"iso\"]", "[\"uuuu-MM-dd HH:mm:ss\"],\"addYears\":2000");
        Assert.Equal(
            Instant.FromUtc(2014, 11, 19, 17, 40, 26),
            Map(map, "dev,t,v\nd,0014-11-19 17:40:26,1\n").Events.Single().Time);
    }

    [Theory]
    [InlineData("{\"sum\":[\"a\",\"b\"]}", "7.5")]
    [InlineData("{\"product\":[{\"ceilDiv\":[\"a\",2]},\"b\"]}", "7.5")]
    [InlineData("{\"max\":[\"a\",\"b\"]}", "5")]
    [InlineData("{\"seconds\":\"c\"}", "97201")]
    [InlineData("{\"difference\":[\"e\",\"t\"]}", "90")]
    [InlineData("{\"orZero\":\"blank\"}", "0")]
    [InlineData("{\"constant\":\"1\"}", "1")]
    public void Values_can_be_worked_out(string value, string expected)
    {
        var map = Simple.Replace("\"value\":\"v\"", $"\"value\":{value}");
        var usage = Map(map,
            "dev,t,a,b,c,e,blank\nd,2020-01-01T00:00:00Z,5,2.5,27:00:01,2020-01-01T00:01:30Z,\n").Events.Single();
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), usage.Value);
    }

    [Fact]
    public void Lists_in_json_are_counted()
    {
        const string map = """
            {"emits":[{"meter":"m","device":"{a.dev}","id":"{t}","time":{"column":"t","formats":["unixMillis"]},
            "value":{"product":[{"max":[{"ceilDiv":["size",24]},1]},{"length":"copies"}]}}]}
            """;
        var (events, outcomes) = Map(
            map,
            """
            {"a":{"dev":"x"},"t":1,"size":25,"copies":[1,2,3]}
            {"a":{"dev":"x"},"t":2,"size":0,"copies":[1]}
            {"a":{"dev":"x"},"t":3,"size":0}
            {"a":
            [1]

            """,
            "f.ndjson");
        Assert.Equal([6m, 1m], events.Select(e => e.Value));
        Assert.Equal([null, null, "value.not_a_list: copies", "row.not_json", "row.not_an_object"],
            outcomes.Select(o => o.Outcome.Reason));
    }

    [Fact]
    public void Identical_rows_are_numbered_where_the_map_says_so()
    {
        var rows = "dev,t,v\nd,2020-01-01T00:00:00Z,1\nd,2020-01-01T00:00:00Z,1\ne,2020-01-01T00:00:00Z,1\n";
        Assert.Equal(
            ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z#2", "2020-01-01T00:00:00Z"],
            Map(Simple.Replace("\"{t}\"", "\"{t}#\""), rows).Events.Select(e => e.Id));
        Assert.Single(Map(Simple, rows).Events.Where(e => e.Device == "d").Select(e => e.Id).Distinct());
    }

    [Fact]
    public void Ordinals_keep_their_count_while_memory_is_bounded()
    {
        var counter = new OrdinalCounter(window: 100);
        Assert.Equal(1, counter.Next("d", "x"));
        for (var i = 0; i < 90; i++)
        {
            counter.Next("d", $"y{i}");
        }

        Assert.Equal(2, counter.Next("d", "x"));
        for (var i = 90; i < 180; i++)
        {
            counter.Next("d", $"y{i}");
        }

        Assert.Equal(3, counter.Next("d", "x"));
        Assert.Equal(1, counter.Next("other", "x"));
    }

    [Fact]
    public void A_row_with_several_events_is_used_whole_or_not_at_all()
    {
        const string map = """
            {"emits":[
            {"meter":"time","device":"d","id":"{i}/t","time":{"column":"t"},"value":"a"},
            {"meter":"way","device":"d","id":"{i}/w","time":{"column":"t"},"value":"b"}]}
            """;
        var (events, outcomes) = Map(map, "i,t,a,b\n1,2020-01-01T00:00:00Z,5,6\n2,2020-01-01T00:00:00Z,5,\n");
        Assert.Equal(2, events.Count);
        Assert.Equal("value.blank: b", outcomes[1].Outcome.Reason);
    }

    [Fact]
    public void Rules_skip_and_reject_and_dimensions_have_cases()
    {
        const string map = """
            {"skip":[{"when":{"column":"v","equalTo":"0"},"reason":"zero"}],
             "reject":[{"when":{"column":"v","greaterThan":"100"},"reason":"spike"}],
             "emits":[{"meter":"m","device":"d","id":"{t}","time":{"column":"t"},"value":"v","when":{"column":"kind","blank":false},
             "dimensions":{"kind":"{kind}","class":{"column":"kind","cases":[{"contains":"RAPID","value":"fast"}],"otherwise":"slow"}}}]}
            """;
        var (events, outcomes) = Map(
            map,
            "t,v,kind\n2020-01-01T00:00:00Z,0.000,x\n2020-01-01T00:00:01Z,101,x\n2020-01-01T00:00:02Z,1,Triple Rapid\n"
            + "2020-01-01T00:00:03Z,2,x\n2020-01-01T00:00:04Z,2,\n");
        Assert.Equal(["zero", "spike", null, null, "row.no_event"], outcomes.Select(o => o.Outcome.Reason));
        Assert.Equal(RowKind.Skipped, outcomes[0].Outcome.Kind);
        Assert.Equal(["kind=Triple Rapid,class=fast", "kind=x,class=slow"],
            events.Select(e => string.Join(',', e.Dimensions.Select(d => $"{d.Key}={d.Value}"))));
    }

    [Fact]
    public void Columns_may_have_other_names_in_other_files()
    {
        var map = Simple.Replace("\"value\":\"v\"", "\"value\":\"kWh|v\"");
        Assert.Equal(3m, Map(map, "DEV, t ,V\nd,2020-01-01T00:00:00Z,3\n").Events.Single().Value);
        Assert.Equal(4m, Map(map, "dev,t,kWh\nd,2020-01-01T00:00:00Z,4\n").Events.Single().Value);
        var missing = Assert.Throws<UsageException>(() => Map(map, "dev,t,energy\nd,2020-01-01T00:00:00Z,4\n"));
        Assert.Contains("kWh|v", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_and_file_names_have_their_say()
    {
        const string map = """
            {"emits":[{"meter":"m","device":"{_dir}-{_file}","id":"{_line}","time":{"column":"t"},"value":"v"}],
             "variants":[{"files":["gas-*"],"map":{"emits":[{"meter":"gas","device":"{_dir}-gas","id":"{_line}","time":{"column":"t"},"value":"v"}]}}]}
            """;
        Assert.Equal(
            ["b0-power-2019", "2"],
            Map(map, "t,v\n2020-01-01T00:00:00Z,3\n", "b0/power-2019.csv").Events.SelectMany(e =>
                new[] { e.Device, e.Id }));
        Assert.Equal("gas", Map(map, "t,v\n2020-01-01T00:00:00Z,3\n", "b0/gas-2019.csv").Events.Single().Meter);
    }

    [Fact]
    public void The_samples_maps_understand_later_files_of_their_publishers()
    {
        var (dundee, _) = Map(
            File.ReadAllText(Path.Combine(Places.Samples, "ev-dundee", "map.json")),
            "Charging event,User ID,CP ID,Connector,Start Date,Start Time,End Date,End Time,Total kWh,Cost,Site,Group,Model\n"
            + "7,1,50339,2,03/07/2018,09:15,03/07/2018,10:00,12.5,0,\"Car park, Dundee\",G,APT 50kW Raption\n");
        Assert.Equal(Instant.FromUtc(2018, 7, 3, 8, 15), Assert.Single(dundee).Time);
        Assert.Equal("rapid", dundee[0].Dimensions.Single().Value);

        var (rides, _) = Map(
            File.ReadAllText(Path.Combine(Places.Samples, "healthyride-trips", "map.json")),
            "Trip id,Starttime,Stoptime,Bikeid,Tripduration,From station id,From station name,To station id,To station name,Usertype\r\n"
            + "1,7/1/2018 0:05,7/1/2018 0:19,70274,850,,,,,Subscriber\r\n2,7/1/2018 0:06:30,7/1/2018 0:19,70274,850,,,,,\r\n");
        Assert.Equal(["subscriber", "customer"], rides.Select(ride => ride.Dimensions.Single().Value));
    }

    [Fact]
    public void Gzip_is_read()
    {
        var path = Path.Combine(_temp.Path, "x.csv.gz");
        using (var file = File.Create(path))
        using (var zip = new GZipStream(file, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes("dev,t,v\nd,2020-01-01T00:00:00Z,3\n"));
        }

        Assert.Single(MapFile(Simple, path).Events);
    }

    [Theory]
    [InlineData("{\"emits\":[]}")]
    [InlineData("{\"emits\":[{\"meter\":\"m\",\"device\":\"{dev\",\"id\":\"1\",\"time\":{\"column\":\"t\"},\"value\":\"v\"}]}")]
    [InlineData("{\"emits\":[{\"meter\":\"m\",\"device\":\"d\",\"id\":\"1\",\"time\":{\"column\":\"t\",\"zone\":\"Mars\"},\"value\":\"v\"}]}")]
    [InlineData("{\"emits\":[{\"meter\":\"m\",\"device\":\"d\",\"id\":\"1\",\"time\":{\"column\":\"t\",\"formats\":[\"%\"]},\"value\":\"v\"}]}")]
    [InlineData("{\"emits\":[{\"meter\":\"m\",\"device\":\"d\",\"id\":\"1\",\"time\":{\"column\":\"t\"},\"value\":{\"exec\":\"v\"}}]}")]
    [InlineData("{\"separator\":\"::\",\"emits\":[{\"meter\":\"m\",\"device\":\"d\",\"id\":\"1\",\"time\":{\"column\":\"t\"},\"value\":\"v\"}]}")]
    public void A_wrong_map_is_refused_with_words(string map) =>
        Assert.False(string.IsNullOrEmpty(Assert.Throws<UsageException>(() => Map(map, "dev,t,v\n")).Message));

    [Fact]
    public void An_unknown_word_in_a_map_is_refused()
    {
        var path = _temp.Write("map.json", "{\"emit\":[]}");
        Assert.Contains("emit", Assert.Throws<UsageException>(() => MapReader.Load(path)).Message,
            StringComparison.Ordinal);
    }

    private static string HourMap(string ambiguous, string skipped) => $$"""
        {"emits":[{"meter":"m","device":"house","id":"{d}T{h}#","time":{"columns":["d","h"],"formats":["M/d/uuuu H"],
        "zone":"America/Vancouver","ambiguous":"{{ambiguous}}","skipped":"{{skipped}}"},"value":"v"}]}
        """;

    private (List<MappedEvent> Events, List<(RowOutcome Outcome, long Line)> Outcomes) Map(
        string map, string text, string name = "f.csv") => MapFile(map, _temp.Write(name, text));

    private static (List<MappedEvent> Events, List<(RowOutcome Outcome, long Line)> Outcomes) MapFile(string json,
        string path)
    {
        var map = RowMapper.ForFile(MapReader.Parse(json), path);
        using var file = SourceFile.Open(path, RowMapper.Format(map, path));
        var mapper = RowMapper.Bind(map, file, new OrdinalCounter());
        var events = new List<MappedEvent>();
        var outcomes = new List<(RowOutcome, long)>();
        while (file.Read() is { } row)
        {
            outcomes.Add((mapper.Map(row, events), row.Line));
        }

        return (events, outcomes);
    }
}
