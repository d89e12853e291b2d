using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Google.Protobuf.WellKnownTypes;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Identifiers over HTTP and gRPC: usage that names one, whose it is, and what waits for an owner.</summary>
[Collection(HostCollection.Name)]
public sealed class IdentifierTests(HostFixture host)
{
    private const string Imsi = """{ "kind": "imsi", "value": "262011234567890" }""";

    [Fact]
    public async Task An_event_of_any_form_goes_to_the_device_that_has_the_identifier_at_its_time()
    {
        using var caller = await host.NewHomeAsync();
        var given = await caller.PostAsync(
            "/v1/devices/meter-17/identifiers", """{ "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" }""");
        Assert.Equal((201, "imsi"), (given.Status, given.Text("identifiers/0/kind")));

        var compact = await SendAsync(caller, $$"""{ "identifier": {{Imsi}}, """, "e-1");
        Assert.Equal(("accepted", "0.31"), (compact.Text("results/0/status"), compact.Text("results/0/charge")));
        var cloud = await caller.PostAsync("/v1/events", $$"""
            { "specversion": "1.0", "id": "e-1", "source": "/mno", "type": "energy", "time": "2012-06-02T08:00:00Z",
              "data": { "value": "1", "identifier": {{Imsi}} } }
            """, "application/cloudevents+json");
        Assert.Equal("accepted", cloud.Text("results/0/status"));
        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        var rpc = await new UsageService.UsageServiceClient(channel).ReportAsync(
            new()
            {
                Events =
                {
                    new UsageEvent
                    {
                        Id = "e-1", Meter = "energy", Time = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse("2012-06-02T08:00:00Z")),
                        Value = "1", Identifier = new() { Kind = "imsi", Value = "262011234567890" },
                    },
                    new UsageEvent { Id = "e-2", Meter = "energy", Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch), Value = "1", Identifier = new() { Kind = "imsi", Value = "1" } },
                },
            },
            new Metadata { { "authorization", $"Bearer {caller.Key}" } });
        Assert.Equal([UsageStatus.Duplicate, UsageStatus.Rejected], rpc.Results.Select(r => r.Status));
        Assert.Equal("identifier.value_invalid", rpc.Results[1].Code);
        // 9.50 and 2 kWh at 0.31.
        Assert.Equal("10.12", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task A_number_moves_to_another_device_and_what_came_before_stays()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/devices", """{ "id": "sim-2", "subscription": "s-1" }""");
        const string Number = """ "kind": "msisdn", "value": "4915112345678" """;
        await caller.CreateAsync("/v1/devices/meter-17/identifiers", $$"""{ {{Number}}, "from": "2012-06-01T00:00:00Z" }""");
        await SendAsync(caller, $$"""{ "identifier": { {{Number}} }, """, "e-1");

        (await caller.PostAsync("/v1/devices/sim-2/identifiers", $$"""{ {{Number}}, "from": "2012-06-02T12:00:00Z" }"""))
            .IsProblem(409, "identifier.owned", "/from");
        (await caller.PostAsync("/v1/devices/meter-17/identifiers/end", $$"""{ {{Number}}, "to": "2012-06-02T08:00:00Z" }"""))
            .IsProblem(409, "identifier.usage_after", "/to");
        var taken = await caller.PostAsync(
            "/v1/devices/sim-2/identifiers", $$"""{ {{Number}}, "from": "2012-06-02T12:00:00Z", "takeOver": true }""");
        Assert.Equal((201, "+4915112345678"), (taken.Status, taken.Text("identifiers/0/value")));

        var now = await caller.GetAsync("/v1/identifiers/msisdn/+4915112345678");
        Assert.Equal(("sim-2", "meter-17", "2012-06-02T12:00:00Z"), (now.Text("device"), now.Text("owners/0/device"), now.Text("owners/0/to")));
        Assert.Equal(
            "meter-17", (await caller.GetAsync("/v1/identifiers/msisdn/4915112345678?at=2012-06-02T11:59:59Z")).Text("device"));
        Assert.Null((await caller.GetAsync("/v1/identifiers/msisdn/4915112345678?at=2012-05-02T00:00:00Z")).TextOrNull("device"));
        Assert.Equal(404, (await caller.GetAsync("/v1/identifiers/msisdn/4915112345679")).Status);
        Assert.Equal(404, (await caller.GetAsync("/v1/identifiers/name/x")).Status);
        Assert.Equal("2012-06-02T12:00:00Z", (await caller.GetAsync("/v1/devices/meter-17")).Text("identifiers/0/to"));
    }

    [Fact]
    public async Task Usage_of_an_unknown_identifier_waits_is_listed_and_is_released_or_discarded()
    {
        using var caller = await host.NewHomeAsync();
        var kept = await SendAsync(caller, $$"""{ "identifier": {{Imsi}}, """, "e-1");
        Assert.Equal(("quarantined", "identifier.no_owner"), (kept.Text("results/0/status"), kept.Text("results/0/reason")));
        await SendAsync(caller, """{ "identifier": { "kind": "serial", "value": "a/b" }, """, "e-2");
        Assert.Equal("1", (await SendAsync(caller, """{ "identifier": { "kind": "serial", "value": "a/b" }, """, "e-2")).Text("duplicates"));

        var listed = (await caller.GetAsync("/v1/quarantine?reason=identifier.no_owner")).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(
            ["imsi 262011234567890", "serial a/b"], listed.Select(e => e.GetProperty("identifier"))
                .Select(i => $"{i.GetProperty("kind")} {i.GetProperty("value")}").Order(StringComparer.Ordinal));
        Assert.All(listed, e => Assert.False(e.TryGetProperty("device", out _)));
        Assert.Equal(["meter-17"], (await caller.GetAsync("/v1/devices")).Json.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetString()));

        await caller.CreateAsync(
            "/v1/devices/meter-17/identifiers", """{ "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" }""");
        var released = await caller.PostAsync("/v1/quarantine/release", """{ "reason": "identifier.no_owner" }""");
        Assert.Equal(("1", "1"), (released.Text("released"), released.Text("kept")));
        Assert.Equal("9.81", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));

        var discarded = await caller.PostAsync(
            "/v1/quarantine/discard", """{ "id": "x", "reason": "a test", "quarantined": "identifier.no_owner" }""");
        Assert.Equal(("1", "0"), (discarded.Text("discarded"), discarded.Text("refused")));
        await caller.CreateAsync(
            "/v1/devices/meter-17/identifiers", """{ "kind": "serial", "value": "a/b", "from": "2012-06-01T00:00:00Z" }""");
        Assert.Equal("meter-17", (await caller.GetAsync("/v1/identifiers/serial/a%2Fb")).Text("device"));
        // What was discarded does not count when it is sent again.
        Assert.Equal("1", (await SendAsync(caller, """{ "identifier": { "kind": "serial", "value": "a/b" }, """, "e-2")).Text("duplicates"));
        Assert.Equal("9.81", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees"));
    }

    [Theory]
    [InlineData("""{ "identifier": { "kind": "imsi" }, """, "usage.identifier_invalid", "/events/0/identifier")]
    [InlineData("""{ "identifier": "262011234567890", """, "usage.identifier_invalid", "/events/0/identifier")]
    [InlineData("""{ "identifier": { "kind": "imsi", "value": "1", "more": "2" }, """, "usage.identifier_invalid", "/events/0/identifier")]
    [InlineData("""{ "identifier": { "kind": "imsi", "value": 262011234567890 }, """, "usage.identifier_invalid", "/events/0/identifier")]
    [InlineData("""{ "identifier": { "kind": "imis", "value": "262011234567890" }, """, "identifier.kind_unknown", "/events/0/identifier/kind")]
    [InlineData("""{ "identifier": { "kind": "imsi", "value": "26201123456789" }, """, "identifier.value_invalid", "/events/0/identifier/value")]
    [InlineData("""{ "device": "meter-17", "identifier": { "kind": "serial", "value": "a" }, """, "usage.device_and_identifier", "/events/0/identifier")]
    [InlineData("{ ", "usage.device_invalid", "/events/0/device")]
    public async Task An_event_with_a_wrong_identifier_is_refused_by_itself(string start, string code, string pointer)
    {
        using var caller = await host.NewHomeAsync();
        var answer = await SendAsync(caller, start, "e-1");
        Assert.Equal(("rejected", code, pointer), (answer.Text("results/0/status"), answer.Text("results/0/reason"), answer.Text("results/0/pointer")));
    }

    [Fact]
    public async Task Devices_are_registered_with_their_identifiers_one_by_one_and_in_batches()
    {
        using var caller = await host.NewHomeAsync();
        const string Batch = """
            { "devices": [
              { "id": "a", "subscription": "s-1", "identifiers": [
                { "kind": "iccid", "value": "8949020000001234567", "from": "2012-06-01T00:00:00Z" },
                { "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" } ] },
              { "id": "b", "identifiers": [ { "kind": "imei", "value": "490154203237519", "from": "2012-06-01T00:00:00Z" } ] } ] }
            """;
        var answer = await caller.PostAsync("/v1/devices/batch", Batch);
        Assert.Equal(("1", "1"), (answer.Text("registered"), answer.Text("refused")));
        Assert.Equal(
            ("identifier.value_invalid", "/devices/1/identifiers/0/value"),
            (answer.Text("results/1/errors/0/code"), answer.Text("results/1/errors/0/pointer")));
        Assert.Equal("1", (await caller.PostAsync("/v1/devices/batch", Batch)).Text("unchanged"));
        var taken = await caller.PostAsync("/v1/devices", """
            { "id": "c", "identifiers": [ { "kind": "imsi", "value": "262011234567890", "from": "2012-06-02T00:00:00Z" } ] }
            """);
        taken.IsProblem(409, "identifier.owned", "/identifiers/0/from");
        Assert.Equal("2", (await caller.GetAsync("/v1/devices/a")).Json.GetProperty("identifiers").GetArrayLength().ToString());
        Assert.Equal("accepted", (await SendAsync(caller, $$"""{ "identifier": {{Imsi}}, """, "e-1")).Text("results/0/status"));
    }

    [Fact]
    public async Task Tenants_do_not_see_identifiers_of_each_other()
    {
        using var one = await host.NewHomeAsync();
        using var other = await host.NewHomeAsync();
        await one.CreateAsync(
            "/v1/devices/meter-17/identifiers", """{ "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" }""");
        Assert.Equal(404, (await other.GetAsync("/v1/identifiers/imsi/262011234567890")).Status);
        Assert.Equal("quarantined", (await SendAsync(other, $$"""{ "identifier": {{Imsi}}, """, "e-1")).Text("results/0/status"));
    }

    private static Task<Answer> SendAsync(Caller caller, string start, string id) => caller.PostAsync("/v1/events", $$"""
        { "events": [ {{start}} "id": {{JsonSerializer.Serialize(id)}}, "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "1" } ] }
        """);
}
