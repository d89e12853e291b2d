using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>A fleet that is registered in batches.</summary>
[Collection(HostCollection.Name)]
public sealed class DeviceBatchTests(HostFixture host)
{
    [Fact]
    public async Task Every_device_of_a_batch_is_answered_by_itself()
    {
        using var caller = await host.NewHomeAsync();

        var answer = await caller.PostAsync("/v1/devices/batch", """
            { "devices": [
              { "id": "d-1", "subscription": "s-1" }, { "id": "d-2" }, { "id": "meter-17", "subscription": "s-1" },
              { "id": "d-1", "name": "other" }, { "id": "d-3", "subscription": "none" }, { "id": "d-4", "from": "2012-06-01T00:00:00Z" },
              { "id": " d-5", "color": 1 }, 7 ] }
            """);

        Assert.Equal(200, answer.Status);
        Assert.Equal("2/1/5", $"{answer.Json.GetProperty("registered")}/{answer.Json.GetProperty("unchanged")}/{answer.Json.GetProperty("refused")}");
        string[] expected =
        [
            "d-1 registered", "d-2 registered", "meter-17 unchanged", "d-1 refused device.exists /devices/3/id",
            "d-3 refused subscription.unknown /devices/4/subscription", "d-4 refused device.from_without_subscription /devices/5/from",
            " d-5 refused json.value /devices/6/id json.unknown_property /devices/6/color", " refused json.type /devices/7",
        ];
        Assert.Equal(expected, answer.Json.GetProperty("results").EnumerateArray().Select(Line));
        Assert.Equal(200, (await caller.GetAsync("/v1/devices/d-2")).Status);
        Assert.Equal(404, (await caller.GetAsync("/v1/devices/d-3")).Status);
    }

    [Fact]
    public async Task A_thousand_devices_are_registered_once_and_report_at_once()
    {
        using var caller = await host.NewHomeAsync();
        var devices = Enumerable.Range(0, 1_000).Select(i => new { id = $"fleet-{i}", subscription = "s-1" }).ToArray();
        var batch = JsonSerializer.Serialize(new { devices });

        Assert.Equal(1_000, (await caller.PostAsync("/v1/devices/batch", batch)).Json.GetProperty("registered").GetInt32());
        Assert.Equal(1_000, (await caller.PostAsync("/v1/devices/batch", batch)).Json.GetProperty("unchanged").GetInt32());
        var usage = await caller.PostAsync("/v1/events", JsonSerializer.Serialize(new
        {
            events = devices.Select(d => new { id = "e", device = d.id, meter = "energy", time = "2012-06-02T08:00:00Z", value = "1" }),
        }));

        Assert.Equal(1_000, usage.Json.GetProperty("accepted").GetInt32());
        // 9.50 a month and 1,000 kWh at 0.31.
        Assert.Equal("319.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Json.GetProperty("total").GetString());
    }

    [Theory]
    [InlineData("""{ "devices": {} }""", "json.type", "/devices")]
    [InlineData("""{ }""", "json.required", "/devices")]
    [InlineData("""{ "devices": [], "more": 1 }""", "json.unknown_property", "/more")]
    public async Task A_body_that_is_no_batch_is_refused_whole(string body, string code, string pointer)
    {
        using var caller = await host.NewTenantAsync();
        var answer = await caller.PostAsync("/v1/devices/batch", body);
        Assert.Equal(422, answer.Status);
        var error = answer.Json.GetProperty("errors")[0];
        Assert.Equal((code, pointer), (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task A_batch_of_more_than_a_thousand_is_refused_whole()
    {
        using var caller = await host.NewTenantAsync();
        var answer = await caller.PostAsync(
            "/v1/devices/batch", JsonSerializer.Serialize(new { devices = Enumerable.Range(0, 1_001).Select(i => new { id = $"d-{i}" }) }));
        Assert.Equal("json.too_many", answer.Json.GetProperty("code").GetString());
        Assert.Equal(404, (await caller.GetAsync("/v1/devices/d-0")).Status);
    }

    private static string Line(JsonElement result) => string.Join(' ',
    [
        result.TryGetProperty("id", out var id) ? id.GetString()! : "", result.GetProperty("status").GetString()!,
        .. result.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().Select(e => $"{e.GetProperty("code")} {e.GetProperty("pointer")}")
            : [],
    ]);
}
