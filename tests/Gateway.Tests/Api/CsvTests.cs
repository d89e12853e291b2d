using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Usage sent as CSV.</summary>
[Collection(HostCollection.Name)]
public sealed class CsvTests(HostFixture host)
{
    private const string Type = "text/csv; charset=utf-8; header=present";

    [Fact]
    public async Task Rows_are_billed_once_and_each_answered_with_its_line()
    {
        using var caller = await host.NewHomeAsync();
        const string Csv = "\uFEFFid,device,meter,time,value,unit\r\n"
            + "e-1,meter-17,energy,2012-06-02T08:00:00Z,2,\r\n"
            + "\"e-2\",meter-17,energy,2012-06-02T09:00:00Z,500,Wh\r\n\r\n"
            + "e-3,meter-99,energy,2012-06-02T09:00:00Z,1,\r\n"
            + "e-4,meter-17,energy,2012-06-02T09:00:00Z,x,\r\n";

        var answer = await caller.PostAsync("/v1/events", Csv, Type);

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(("2", "2"), (answer.Text("accepted"), answer.Text("rejected")));
        Assert.Equal(
            ["e-1 2 accepted ", "e-2 3 accepted ", "e-3 5 rejected device.unknown", "e-4 6 rejected usage.value_invalid"],
            answer.Json.GetProperty("results").EnumerateArray().Select((_, i) =>
                $"{answer.Text($"results/{i}/id")} {answer.Text($"results/{i}/line")} {answer.Text($"results/{i}/status")} {answer.TextOrNull($"results/{i}/reason")}"));
        Assert.Equal("/value", answer.Text("results/3/pointer"));
        var again = await caller.PostAsync("/v1/events", Csv, Type);
        Assert.Equal(("0", "2"), (again.Text("accepted"), again.Text("duplicates")));
        Assert.Equal("10.28", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task The_answer_to_json_has_no_line_after_csv_was_answered()
    {
        using var caller = await host.NewHomeAsync();
        await caller.PostAsync("/v1/events", "id,device,meter,time,value\ne-1,meter-17,energy,2012-06-02T08:00:00Z,2\n", Type);

        var answer = await caller.ReportAsync("e-1", "2");

        Assert.Equal("duplicate", answer.Text("results/0/status"));
        Assert.Null(answer.TextOrNull("results/0/line"));
    }

    [Fact]
    public async Task A_wrong_header_is_a_problem_that_names_the_column()
    {
        using var caller = await host.NewHomeAsync();

        var answer = await caller.PostAsync("/v1/events", "id;device;meter;time;value\ne;meter-17;energy;2012-06-02T08:00:00Z;2\n", Type);
        answer.IsProblem(422, "request.invalid", "/id;device;meter;time;value");

        var colour = await caller.PostAsync("/v1/events", "id,device,meter,time,value,colour\n", Type);
        colour.IsProblem(422, "usage.column_unknown", "/colour");
        Assert.Contains("'colour'", colour.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_body_changes_nothing()
    {
        using var caller = await host.NewHomeAsync();

        var answer = await caller.PostAsync(
            "/v1/events", "id,device,meter,time,value\ne-1,meter-17,energy,2012-06-02T08:00:00Z,2\n\"e-2,meter-17\n", Type);

        Assert.Equal("3", answer.IsProblem(400, "request.csv_broken").Text("line"));
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        using var latin = new ByteArrayContent(Encoding.Latin1.GetBytes("id,device,meter,time,value\nä,meter-17,energy,2012-06-02T08:00:00Z,2\n"));
        latin.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        (await caller.SendAsync(new(HttpMethod.Post, "/v1/events") { Content = latin })).IsProblem(400, "request.utf8_broken");
    }

    [Fact]
    public async Task Limits_are_those_of_json()
    {
        using var caller = await host.NewHomeAsync();
        var rows = string.Concat(Enumerable.Range(0, 10_001).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"e-{i},meter-17,energy,2012-06-02T08:00:00Z,1\n")));

        (await caller.PostAsync("/v1/events", $"id,device,meter,time,value\n{rows}", Type)).IsProblem(422, "usage.too_many_events");
        (await caller.PostAsync("/v1/events", new string('x', (16 * 1024 * 1024) + 1), Type)).IsProblem(413, "request.body_too_large");
    }

    [Fact]
    public async Task The_documented_example_is_understood()
    {
        using var caller = await host.NewHomeAsync();
        var csv = (await host.Operator.GetAsync("/openapi/v1.json")).Json.GetProperty("paths").GetProperty("/v1/events").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("text/csv");

        Assert.Equal("string", csv.GetProperty("schema").GetProperty("type").GetString());
        var answer = await caller.PostAsync("/v1/events", csv.GetProperty("example").GetString()!, "text/csv");
        Assert.Equal(("1", "accepted"), (answer.Text("accepted"), answer.Text("results/0/status")));
    }
}
