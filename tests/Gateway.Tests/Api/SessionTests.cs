using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class SessionTests(HostFixture host)
{
    [Fact]
    public async Task A_session_begins_over_http_goes_on_as_a_cloud_event_and_ends_over_grpc()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/meters", """{ "id": "plug", "unit": "Wh", "session": { "reports": "register", "timeoutSeconds": 86400 } }""");
        Assert.Equal("register", (await caller.GetAsync("/v1/meters/plug")).Text("session/reports"));
        await caller.CreateAsync("/v1/plans", """
            { "id": "depot", "currency": "EUR", "charges": [
              { "id": "plug", "meter": "plug", "unit": "kWh", "perSession": { "roundTo": "1000" }, "unitPrice": "2" } ] }
            """);
        await caller.CreateAsync("/v1/subscriptions", """
            { "id": "s-2", "customer": "c-1", "plan": "depot", "start": "2012-06-01T00:00:00Z" }
            """);
        await caller.CreateAsync("/v1/devices", """{ "id": "w-1", "subscription": "s-2" }""");
        var started = await caller.PostAsync("/v1/events", """
            { "events": [ { "id": "a", "device": "w-1", "meter": "plug", "time": "2012-06-02T08:00:00Z", "value": "500", "session": "x", "phase": "start" } ] }
            """);
        Assert.Equal("1", started.Text("accepted"));
        var goesOn = await caller.PostAsync("/v1/events", """
            { "specversion": "1.0", "id": "b", "source": "/plug", "subject": "w-1", "type": "plug", "time": "2012-06-02T09:00:00Z",
              "data": { "value": "3500", "session": "x" } }
            """, "application/cloudevents+json");
        Assert.Equal("1", goesOn.Text("accepted"));
        // Beside the 9.50 of the other subscription.
        Assert.Equal("15.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var usage = new UsageEvent
        {
            Id = "c", Device = "w-1", Meter = "plug", Value = "4700", Session = "x", Phase = "stop",
            Time = new() { Seconds = DateTimeOffset.Parse("2012-06-02T09:30:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds() },
        };
        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        var stopped = await new UsageService.UsageServiceClient(channel).ReportAsync(
            new() { Events = { usage } }, new Metadata { { "authorization", "Bearer " + caller.Key } });
        Assert.Equal(UsageStatus.Accepted, stopped.Results[0].Status);
        // 4.2 kWh, and 0.8 that rounding adds.
        Assert.Equal("19.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var wrong = await caller.PostAsync("/v1/events", """
            { "events": [ { "id": "d", "device": "w-1", "meter": "plug", "time": "2012-06-02T10:00:00Z", "value": "1", "phase": "stop" } ] }
            """);
        Assert.Equal("usage.session_missing", wrong.Text("results/0/reason"));
    }
}
