using System.Globalization;
using System.Net;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Import;
using OrleansBilling.Silo.Commands.Import.Maps;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Import;

public sealed class ImportRunnerTests : IDisposable
{
    private static readonly MapDefinition Map = MapReader.Parse("""
        {"emits":[{"meter":"m","device":"{dev}","id":"{n}","time":{"column":"t","formats":["unix"]},"value":"v","min":"0"}]}
        """);

    private readonly TempDirectory _temp = new();
    private readonly FakeServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task Every_row_and_event_has_an_account_and_every_reject_a_line()
    {
        _server.Decide = usage => usage.GetProperty("id").GetString() switch
        {
            "3" => ("rejected", "usage.unknown_device"),
            "4" => ("quarantined", "usage.too_old"),
            "5" => ("late", "usage.late"),
            _ => ("accepted", null),
        };
        var file = Rows(10, row => row == 7 ? "-1" : row == 8 ? "" : "1");
        var options = Options(file) with { Rejects = file + ".rejects" };
        var counters = await RunAsync(options);
        Assert.True(counters.Closes);
        Assert.Equal((10, 8, 2), (counters.Rows, counters.RowsEmitted, counters.RowsRejected));
        Assert.Equal((5, 1, 1, 1),
            (counters.Of("accepted"), counters.Of("rejected"), counters.Of("quarantined"), counters.Of("late")));
        Assert.Equal(
            [
                "file,line,reason,row",
                "\"u.csv\",4,\"rejected: usage.unknown_device\",\"d3,3,1000003,1\"",
                "\"u.csv\",5,\"quarantined: usage.too_old\",\"d0,4,1000004,1\"",
                "\"u.csv\",8,\"value.negative\",\"d3,7,1000007,-1\"",
                "\"u.csv\",9,\"value.blank: v\",\"d0,8,1000008,\"",
            ],
            (await File.ReadAllLinesAsync(file + ".rejects")).OrderBy(line =>
                line.StartsWith("file", StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(line => line));
    }

    [Fact]
    public async Task A_sorted_import_finds_the_raw_rows_of_what_the_server_refuses()
    {
        _server.Decide = usage => usage.GetProperty("id").GetString() == "3" ? ("rejected", "usage.unknown_device")
            : ("accepted", null);
        var file = Rows(10, _ => "1");
        await RunAsync(Options(file) with { Rejects = file + ".rejects", Sort = true });
        Assert.Contains("\"u.csv\",4,\"rejected: usage.unknown_device\",\"d3,3,1000003,1\"",
            await File.ReadAllLinesAsync(file + ".rejects"));
    }

    [Fact]
    public async Task Repeating_an_import_counts_duplicates_only()
    {
        var file = Rows(2_500, _ => "1");
        Assert.Equal(2_500, (await RunAsync(Options(file))).Of("accepted"));
        var again = await RunAsync(Options(file));
        Assert.Equal((0, 2_500), (again.Of("accepted"), again.Of("duplicate")));
        Assert.All(_server.BatchSizes, size => Assert.InRange(size, 1, 100));
    }

    [Fact]
    public async Task Unavailable_is_retried_and_an_unknown_outcome_is_sent_again_with_the_same_ids()
    {
        _server.Before = request => request % 3 == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        _server.Answers = request => request % 5 != 0;
        var counters = await RunAsync(Options(Rows(1_000, _ => "1")));
        Assert.Equal(1_000, _server.Events.Count);
        Assert.Equal(1_000, counters.Of("accepted") + counters.Of("duplicate"));
        Assert.True(counters.Of("duplicate") > 0);
        Assert.True(counters.Retries > 0);
        Assert.True(counters.Closes);
    }

    [Fact]
    public async Task A_stopped_import_resumes_where_the_server_acknowledged_and_forgets_when_done()
    {
        var file = Rows(5_000, row => row % 100 == 50 ? "-1" : "1");
        var options = Options(file) with { State = file + ".state", Rejects = file + ".rejects" };
        _server.Before = request => request > 20 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
        await Assert.ThrowsAsync<ApiException>(() => RunAsync(options));
        var kept = _server.Events.Count;
        Assert.InRange(kept, 1_000, 4_000);
        Assert.True(File.Exists(file + ".state"));

        _server.Before = _ => HttpStatusCode.OK;
        var counters = await RunAsync(options);
        Assert.Equal(4_950, _server.Events.Count);
        Assert.InRange(counters.Resumed, 1, kept);
        Assert.True(counters.Closes);
        Assert.Equal(4_950 - kept, counters.Of("accepted"));
        Assert.Equal(50, (await File.ReadAllLinesAsync(file + ".rejects")).Where(line =>
            line.Contains("value.negative")).Distinct().Count());
        Assert.False(File.Exists(file + ".state"));
    }

    [Fact]
    public async Task The_memory_of_another_file_or_server_is_not_used()
    {
        var file = Rows(3_000, _ => "1");
        var options = Options(file) with { State = file + ".state" };
        _server.Before = request => request > 20 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
        await Assert.ThrowsAsync<ApiException>(() => RunAsync(options));
        _server.Before = _ => HttpStatusCode.OK;
        Rows(3_001, _ => "2");
        var counters = await RunAsync(options);
        Assert.Equal(0, counters.Resumed);
        Assert.Equal(3_001, counters.Acknowledged);
    }

    [Fact]
    public async Task A_device_keeps_its_order_over_several_connections()
    {
        await RunAsync(Options(Rows(3_000, _ => "1")) with { Parallel = 4 });
        foreach (var device in _server.Order.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).GroupBy(id =>
            id % 4))
        {
            Assert.Equal(device.Order(), device);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_clock_follows_the_data_and_never_closes_what_is_still_to_come(bool sort)
    {
        _server.Clock = DateTimeOffset.FromUnixTimeSeconds(0);
        _server.Grace = TimeSpan.FromSeconds(500);
        var late = 0;
        _server.Decide = usage =>
        {
            late += usage.GetProperty("time").GetDateTimeOffset() < _server.Clock - _server.Grace ? 1 : 0;
            return ("accepted", null);
        };
        var counters = await RunAsync(Options(Rows(3_000, _ => "1")) with { FollowClock = true, Sort = sort });
        Assert.Equal((0, 0), (_server.Future, late));
        Assert.Equal(3_000, counters.Of("accepted"));
        Assert.InRange(_server.ClockMoves.Count, 5, 15);
        Assert.Equal(_server.ClockMoves.Order(), _server.ClockMoves);
        Assert.Equal(_server.ClockMoves.Count, counters.ClockMoves);
    }

    [Fact]
    public async Task Sorting_sends_in_order_of_time()
    {
        var file = _temp.Write("u.csv", "dev,n,t,v\nd,1,300,1\nd,2,100,1\nd,3,200,1\nd,4,100,1\n");
        await RunAsync(Options(file) with { Sort = true, Parallel = 1 });
        Assert.Equal(["2", "4", "3", "1"], _server.Order);
    }

    [Fact]
    public async Task Unknown_devices_are_registered_first_when_asked_for()
    {
        await RunAsync(Options(Rows(10, _ => "1")) with { Register = true });
        Assert.Equal(["d0", "d1", "d2", "d3"], _server.Registered.Order());
    }

    [Fact]
    public async Task A_dry_run_sends_nothing()
    {
        var runner = new ImportRunner(null, Options(Rows(10, _ => "1")) with { DryRun = true }, TimeProvider.System);
        await runner.RunAsync(default);
        Assert.Equal((10, 0), ((int)runner.Counters.Events, _server.Requests));
        Assert.Equal(5, runner.FirstEvents.Count);
    }

    private string Rows(int count, Func<int, string> value) => _temp.Write(
        "u.csv",
        "dev,n,t,v\n" + string.Concat(
            Enumerable.Range(1, count).Select(n => $"d{n % 4},{n},{1_000_000 + n},{value(n)}\n")));

    private static ImportOptions Options(string file) => new() { Files = [file], Map = Map, Batch = 100 };

    private async Task<ImportCounters> RunAsync(ImportOptions options)
    {
        using var client = new BillingClient(_server.Url, "key", TimeProvider.System, TimeSpan.FromSeconds(20));
        var runner = new ImportRunner(client, options, TimeProvider.System);
        await runner.RunAsync(default);
        return runner.Counters;
    }
}
