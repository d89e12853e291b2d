using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Devices of a fleet that are moved, or change their state, in one request.</summary>
[Collection(HostCollection.Name)]
public sealed class DeviceChangesTests(HostFixture host)
{
    [Fact]
    public async Task Every_change_is_answered_by_itself_and_a_repeat_changes_nothing()
    {
        using var caller = await host.NewHomeAsync();
        await caller.PostAsync("/v1/devices/batch", """{ "devices": [ { "id": "d-1", "subscription": "s-1" }, { "id": "d-2" } ] }""");
        const string Changes = """
            { "changes": [
              { "device": "d-1", "assignment": { "subscription": null }, "from": "2012-06-11T00:00:00Z" },
              { "device": "d-2", "assignment": { "subscription": "s-1" }, "from": "2012-06-11T00:00:00Z" },
              { "device": "d-2", "state": "suspended", "from": "2012-06-12T00:00:00Z" },
              { "device": "d-2", "state": "active", "from": "2012-06-13T00:00:00Z" },
              { "device": "d-1", "assignment": { "subscription": "none" }, "from": "2012-06-14T00:00:00Z" },
              { "device": "nobody", "state": "active", "from": "2012-06-14T00:00:00Z" },
              { "device": "d-1", "from": "2012-06-14T00:00:00Z" },
              { "device": "d-1", "state": "asleep", "from": "2012-06-14T00:00:00Z" },
              { "device": "d-1", "state": "active" }, 7 ] }
            """;

        var answer = await caller.PostAsync("/v1/devices/batch/changes", Changes);
        Assert.Equal((200, "4/0/6"), (answer.Status, Counts(answer.Json)));
        string[] refused =
        [
            "d-1 refused subscription.unknown /changes/4/assignment/subscription", "nobody refused device.unknown /changes/5/device",
            "d-1 refused device.change_kind /changes/6", "d-1 refused device.state_unknown /changes/7/state",
            "d-1 refused json.required /changes/8/from", " refused json.type /changes/9",
        ];
        Assert.Equal(
            [.. new[] { "d-1", "d-2", "d-2", "d-2" }.Select(d => $"{d} changed"), .. refused],
            answer.Json.GetProperty("results").EnumerateArray().Select(Line));
        var device = (await caller.GetAsync("/v1/devices/d-2")).Json;
        Assert.Equal(["suspended", "active"], device.GetProperty("states").EnumerateArray().TakeLast(2).Select(s => s.GetProperty("state").GetString()));

        var again = await caller.PostAsync("/v1/devices/batch/changes", Changes);
        Assert.Equal((200, "0/4/6"), (again.Status, Counts(again.Json)));
    }

    [Fact]
    public async Task A_thousand_devices_are_moved_at_once()
    {
        using var caller = await host.NewHomeAsync();
        var devices = Enumerable.Range(0, 1_000).Select(i => $"fleet-{i}").ToArray();
        await caller.PostAsync("/v1/devices/batch", JsonSerializer.Serialize(new { devices = devices.Select(id => new { id }) }));
        var answer = await caller.PostAsync("/v1/devices/batch/changes", JsonSerializer.Serialize(new
        {
            changes = devices.Select(device => new { device, assignment = new { subscription = "s-1" }, from = "2012-06-11T00:00:00Z" }),
        }));
        Assert.Equal("1000/0/0", Counts(answer.Json));
    }

    [Fact]
    public async Task More_than_a_thousand_changes_are_refused_whole()
    {
        using var caller = await host.NewTenantAsync();
        var changes = Enumerable.Range(0, 1_001).Select(i => new { device = $"d-{i}", state = "active", from = "2012-06-11T00:00:00Z" });
        var answer = await caller.PostAsync("/v1/devices/batch/changes", JsonSerializer.Serialize(new { changes }));
        Assert.Equal((422, "json.too_many"), (answer.Status, answer.Json.GetProperty("code").GetString()));
    }

    private static string Counts(JsonElement answer) => string.Join('/', new[] { "changed", "unchanged", "refused" }.Select(n => answer.GetProperty(n).GetInt32()));

    private static string Line(JsonElement result) => string.Join(' ',
    [
        result.TryGetProperty("device", out var id) ? id.GetString()! : "", result.GetProperty("status").GetString()!,
        .. result.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().SelectMany(e => new[] { e.GetProperty("code").GetString()!, e.GetProperty("pointer").GetString()! })
            : [],
    ]);
}
