using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Bulk jobs over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class JobTests(HostFixture host)
{
    private const string Csv = "text/csv";
    private const string Lines = "application/x-ndjson";

    [Fact]
    public async Task A_json_job_is_accepted_done_and_answered_item_by_item()
    {
        using var caller = await host.NewHomeAsync();
        const string Job = """
            { "id": "rollout", "kind": "devices", "items": [
              { "id": "d-1", "subscription": "s-1", "identifiers": [ { "kind": "serial", "value": "A 1", "from": "2012-06-01T00:00:00Z" } ] },
              { "id": "d-2", "subscription": "none" }, { "id": "meter-17", "name": "other" }, { "id": "d-4", "colour": 1 }, 7,
              { "id": "d-6", "from": "yesterday", "subscription": "s-1" }, { "id": "d-7" } ] }
            """;
        var answer = await caller.PostAsync("/v1/jobs", Job);
        Assert.True(answer.Status == 202, answer.Body);
        Assert.Equal("/v1/jobs/rollout", answer.Headers.Location!.OriginalString);
        Assert.Equal(("running", "7", "0"), (answer.Text("status"), answer.Text("total"), answer.Text("done")));

        var done = await EndAsync(caller, "rollout");
        Assert.Equal(("finished", "7", "2", "5"), (done.Text("status"), done.Text("done"), done.Text("succeeded"), done.Text("failed")));
        Assert.NotNull(done.TextOrNull("endedAt"));
        var results = await caller.GetAsync("/v1/jobs/rollout/results");
        Assert.Equal(
            ["1 d-1 succeeded registered ", "2 d-2 failed refused subscription.unknown/subscription", "3 meter-17 failed refused device.exists/id",
             "4 d-4 failed refused json.unknown_property/colour", "5  failed refused json.type", "6 d-6 failed refused json.value/from",
             "7 d-7 succeeded registered "],
            results.Json.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal(JsonValueKind.Null, results.Json.GetProperty("next").ValueKind);
        Assert.Equal("s-1", (await caller.GetAsync("/v1/devices/d-1")).Text("assignments/0/subscription"));

        // The same again is the same job, also as CSV it would be; other content is another one.
        Assert.Equal((200, "finished"), (await caller.PostAsync("/v1/jobs", Job)) is var again ? (again.Status, again.Text("status")) : default);
        (await caller.PostAsync("/v1/jobs", """{ "id": "rollout", "kind": "devices", "items": [ { "id": "d-9" } ] }"""))
            .IsProblem(409, "job.exists", "/id");
        Assert.Equal("rollout", (await caller.GetAsync("/v1/jobs")).Text("items/0/id"));
    }

    [Fact]
    public async Task Failed_rows_are_downloaded_mended_and_sent_again_as_they_are()
    {
        using var caller = await host.NewHomeAsync();
        const string Rows = "id,name,subscription,from,identifiers.0.kind,identifiers.0.value,identifiers.0.from\r\n"
            + "d-1,\"One, \"\"first\"\"\",s-1,2012-06-02T00:00:00Z,serial,S1,2012-06-02T00:00:00Z\r\n\r\n"
            + "d-2,Two,s-9,2012-06-02T00:00:00Z,,,\r\n"
            + "d-3,Three,s-1,soon,,,\r\n"
            + "d-4,Four\r\n";
        var answer = await caller.PostAsync("/v1/jobs?kind=devices&id=rows", Rows, Csv);
        Assert.True(answer.Status == 202, answer.Body);
        Assert.Equal("3", (await EndAsync(caller, "rows")).Text("failed"));

        var failed = await caller.GetAsync("/v1/jobs/rows/results.csv?outcome=failed");
        Assert.Equal((200, Csv), (failed.Status, failed.Type));
        Assert.Equal(
            "item,line,outcome,status,code,message,id,name,subscription,from,identifiers.0.kind,identifiers.0.value,identifiers.0.from\r\n"
            + "2,4,failed,refused,subscription.unknown,There is no subscription 's-9'.,d-2,Two,s-9,2012-06-02T00:00:00Z,,,\r\n"
            + "3,5,failed,refused,json.value,\"Give an RFC 3339 time with an offset here, for example \"\"2026-01-31T08:00:00Z\"\", between the years "
            + "1900 and 2200.\",d-3,Three,s-1,soon,,,\r\n"
            + "4,6,failed,refused,job.row_invalid,\"The row has 2 cells, the header has 7.\",d-4,Four,,,,,\r\n",
            failed.Body);
        var all = await caller.GetAsync("/v1/jobs/rows/results.csv");
        Assert.Contains(
            "1,2,succeeded,registered,,,d-1,\"One, \"\"first\"\"\",s-1,2012-06-02T00:00:00Z,serial,S1,2012-06-02T00:00:00Z\r\n", all.Body,
            StringComparison.Ordinal);

        var mended = failed.Body.Replace("s-9", "s-1", StringComparison.Ordinal).Replace("soon", "2012-06-02T00:00:00Z", StringComparison.Ordinal);
        Assert.Equal(202, (await caller.PostAsync("/v1/jobs?kind=devices&id=again", mended, Csv)).Status);
        Assert.Equal(("3", "0"), (await EndAsync(caller, "again")) is var end ? (end.Text("done"), end.Text("failed")) : default);
    }

    [Fact]
    public async Task Devices_are_moved_by_csv_and_their_states_set_by_lines_of_json()
    {
        using var caller = await host.NewHomeAsync();
        await caller.PostAsync("/v1/jobs?kind=assignments&id=move",
            "device,subscription,from\nmeter-17,,2012-06-11T00:00:00Z\nmeter-17,s-1,2012-06-12T00:00:00Z\nmeter-18,s-1,2012-06-12T00:00:00Z\n", Csv);
        await EndAsync(caller, "move");
        await caller.PostAsync("/v1/jobs?kind=states&id=sleep", """
            { "device": "meter-17", "state": "suspended", "from": "2012-06-13T00:00:00Z" }

            { "device": "meter-17", "state": "nonsense", "from": "2012-06-14T00:00:00Z" }
            """, Lines);
        await EndAsync(caller, "sleep");
        Assert.Equal(
            ["1 meter-17 succeeded changed ", "2 meter-17 succeeded changed ", "3 meter-18 failed refused device.unknown"],
            (await caller.GetAsync("/v1/jobs/move/results")).Json.GetProperty("items").EnumerateArray().Select(Line));
        var states = await caller.GetAsync("/v1/jobs/sleep/results");
        Assert.Equal(
            ["1 meter-17 succeeded changed ", "2 meter-17 failed refused device.state_unknown/state"],
            states.Json.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal("3", states.Text("items/1/line"));
        var device = (await caller.GetAsync("/v1/devices/meter-17")).Json;
        Assert.Equal("suspended", device.GetProperty("states").EnumerateArray().Last().GetProperty("state").GetString());
    }

    [Fact]
    public async Task Results_are_paged_and_filtered()
    {
        using var caller = await host.NewHomeAsync();
        var items = Enumerable.Range(1, 3_000).Select(i => new { id = $"d-{i}", subscription = i % 500 == 0 ? "none" : "s-1" });
        await caller.PostAsync("/v1/jobs", JsonSerializer.Serialize(new { id = "big", kind = "devices", items }));
        await EndAsync(caller, "big");
        Assert.Equal(Enumerable.Range(1, 3_000), await NumbersAsync("?limit=1000"));
        Assert.Equal([500, 1_000, 1_500, 2_000, 2_500, 3_000], await NumbersAsync("?outcome=failed&limit=4"));
        Assert.Equal(2_994, (await NumbersAsync("?outcome=succeeded&limit=1000")).Count);
        (await caller.GetAsync("/v1/jobs/big/results?outcome=maybe")).IsProblem(422, "request.parameter_invalid");
        (await caller.GetAsync("/v1/jobs/none/results")).IsProblem(404, "job.unknown");
        (await caller.GetAsync("/v1/jobs/none/results.csv")).IsProblem(404, "job.unknown");

        async Task<List<int>> NumbersAsync(string query)
        {
            var numbers = new List<int>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await caller.GetAsync($"/v1/jobs/big/results{query}{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
                Assert.True(page.Status == 200, page.Body);
                numbers.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("item").GetInt32()));
                cursor = page.Json.GetProperty("next").GetString();
            }
            return numbers;
        }
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused_whole_with_its_line()
    {
        using var caller = await host.NewHomeAsync();
        var json = await caller.PostAsync("/v1/jobs", "{ \"kind\": \"devices\",\n \"items\": [ { \"id\": \"a\" },\n { \"id\": } ] }");
        json.IsProblem(400, "request.json_broken");
        Assert.Equal("3", json.Text("line"));
        var lines = await caller.PostAsync("/v1/jobs?kind=devices", "{ \"id\": \"a\" }\n\n{ \"id\": ]\n", Lines);
        lines.IsProblem(400, "request.json_broken");
        Assert.Equal("3", lines.Text("line"));
        var csv = await caller.PostAsync("/v1/jobs?kind=devices", "id\na\n\"b\n", Csv);
        csv.IsProblem(400, "request.csv_broken");
        Assert.Equal("3", csv.Text("line"));
        (await caller.PostAsync("/v1/jobs?kind=states", "device,state,colour\n", Csv)).IsProblem(422, "request.invalid", "/colour");
        (await caller.PostAsync("/v1/jobs?kind=states", "device,state,state,from\n", Csv)).IsProblem(422, "job.column_duplicate", "/state");
        (await caller.PostAsync("/v1/jobs?kind=devices", "name\n", Csv)).IsProblem(422, "job.column_missing", "/id");
        (await caller.PostAsync("/v1/jobs?kind=devices", "id\n", Csv)).IsProblem(422, "job.empty");
        (await caller.PostAsync("/v1/jobs?kind=fleet", "id\n", Csv)).IsProblem(422, "request.parameter_invalid");
        (await caller.PostAsync("/v1/jobs", "id\n", Csv)).IsProblem(422, "request.parameter_invalid");
        (await caller.PostAsync("/v1/jobs", """{ "kind": "fleet", "items": [] }""")).IsProblem(422, "job.kind_unknown", "/kind");
        (await caller.PostAsync("/v1/jobs", """{ "kind": "devices", "items": 7 }""")).IsProblem(422, "json.type", "/items");
        (await caller.PostAsync("/v1/jobs", "id", "text/plain")).IsProblem(415, "request.media_type_unsupported");
        var many = new StringBuilder("id\n").Insert(3, "a\n", 100_001).ToString();
        (await caller.PostAsync("/v1/jobs?kind=devices", many, Csv)).IsProblem(422, "job.too_many_items", "/items");
        Assert.Empty((await caller.GetAsync("/v1/jobs")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_repeat_with_an_idempotency_key_makes_no_second_job()
    {
        using var caller = await host.NewHomeAsync();
        var first = await SendAsync("""{ "kind": "devices", "items": [ { "id": "d-1" } ] }""");
        var again = await SendAsync("""{ "kind": "devices", "items": [ { "id": "d-1" } ] }""");
        Assert.Equal((202, first.Body, first.Headers.Location), (again.Status, again.Body, again.Headers.Location));
        Assert.Single((await caller.GetAsync("/v1/jobs")).Json.GetProperty("items").EnumerateArray());
        (await SendAsync("""{ "kind": "devices", "items": [ { "id": "d-2" } ] }""")).IsProblem(422, "idempotency.key_reused");

        Task<Answer> SendAsync(string body) => caller.SendAsync(new(HttpMethod.Post, "/v1/jobs")
        {
            Headers = { { "Idempotency-Key", "once" } }, Content = new StringContent(body, Encoding.UTF8, "application/json"),
        });
    }

    [Fact]
    public async Task A_job_can_be_cancelled_by_its_tenant_only()
    {
        using var caller = await host.NewHomeAsync();
        using var stranger = await host.NewTenantAsync();
        var items = Enumerable.Range(1, 50_000).Select(i => new { id = $"d-{i}", subscription = "s-1" });
        Assert.Equal(202, (await caller.PostAsync("/v1/jobs", JsonSerializer.Serialize(new { id = "big", kind = "devices", items }))).Status);
        (await stranger.PostAsync("/v1/jobs/big/cancel", "")).IsProblem(404, "job.unknown");
        (await stranger.GetAsync("/v1/jobs/big")).IsProblem(404, "job.unknown");
        Assert.Empty((await stranger.GetAsync("/v1/jobs")).Json.GetProperty("items").EnumerateArray());
        var cancelled = await caller.PostAsync("/v1/jobs/big/cancel", "");
        Assert.True(cancelled.Status == 200, cancelled.Body);
        var end = await EndAsync(caller, "big");
        Assert.Equal("cancelled", end.Text("status"));
        Assert.True(end.Json.GetProperty("done").GetInt32() < 50_000);
        Assert.Equal("cancelled", (await caller.PostAsync("/v1/jobs/big/cancel", "")).Text("status"));
    }

    [Fact]
    public async Task A_caller_may_wait_for_the_end()
    {
        using var caller = await host.NewHomeAsync();
        var items = Enumerable.Range(1, 1_000).Select(i => new { id = $"d-{i}" });
        await caller.PostAsync("/v1/jobs", JsonSerializer.Serialize(new { id = "j", kind = "devices", items }));
        Assert.Equal("finished", (await WaitAsync("respond-async, wait=60")).Text("status"));
        Assert.Equal("finished", (await WaitAsync("wait=soon")).Text("status"));

        Task<Answer> WaitAsync(string preference) =>
            caller.SendAsync(new(HttpMethod.Get, "/v1/jobs/j") { Headers = { { "Prefer", preference } } });
    }

    private static async Task<Answer> EndAsync(Caller caller, string id)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await caller.GetAsync($"/v1/jobs/{id}");
            if (answer.Status != 200 || answer.Text("status") is "finished" or "cancelled")
            {
                return answer;
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), answer.Body);
            await Task.Delay(50);
        }
    }

    private static string Line(JsonElement result)
    {
        var id = result.TryGetProperty("id", out var known) ? known.GetString() : "";
        return $"{result.GetProperty("item")} {id} {result.GetProperty("outcome")} {result.GetProperty("status")} {Errors(result)}";
    }

    private static string Errors(JsonElement result) => result.TryGetProperty("errors", out var errors)
        ? string.Join(' ', errors.EnumerateArray().Select(e => e.GetProperty("code").GetString() + e.GetProperty("pointer").GetString()))
        : "";
}
