using System.Text;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Events are written by the CloudEvents SDK, not by us.</summary>
[Collection(HostCollection.Name)]
public sealed class CloudEventsTests(HostFixture host)
{
    private static readonly JsonEventFormatter Formatter = new();

    [Theory]
    [InlineData(ContentMode.Structured)]
    [InlineData(ContentMode.Binary)]
    public async Task One_event_is_taken_in_either_mode(ContentMode mode)
    {
        using var caller = await host.NewHomeAsync();
        var answer = await caller.SendAsync(new(HttpMethod.Post, "/v1/events")
        {
            Content = Event("e-1", "/site/ü").ToHttpContent(mode, Formatter),
        });
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(("e-1", "accepted", "0.62"),
            (answer.Text("results/0/id"), answer.Text("results/0/status"), answer.Text("results/0/charge")));
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var invoice = (await caller.GetAsync("/v1/customers/c-1/invoices")).Json.GetProperty("items")[0];
        var line = invoice.GetProperty("lines").EnumerateArray()
            .Single(item => item.GetProperty("chargeId").GetString() == "energy");
        var events = await caller.GetAsync(
            $"/v1/invoices/{invoice.GetProperty("id").GetString()}/lines/{line.GetProperty("number")}/events");
        Assert.Equal(("e-1", Uri.EscapeDataString("/site/ü")), (events.Text("items/0/id"), Uri.EscapeDataString(
            Uri.UnescapeDataString(events.Text("items/0/source")))));
    }

    [Fact]
    public async Task A_batch_is_taken_and_sources_keep_their_ids_apart()
    {
        using var caller = await host.NewHomeAsync();
        var batch = new[] { Event("e-1", "/a"), Event("e-1", "/b"), Event("e-1", "/a") };
        var answer = await caller.SendAsync(
            new(HttpMethod.Post, "/v1/events") { Content = batch.ToHttpContent(Formatter) });
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(("2", "1"), (answer.Text("accepted"), answer.Text("duplicates")));
        var plain = await caller.PostAsync(
            "/v1/events", Encoding.UTF8.GetString(Formatter.EncodeBatchModeMessage(batch, out _).Span));
        Assert.Equal(("0", "3"), (plain.Text("accepted"), plain.Text("duplicates")));
        var compact = await caller.ReportAsync("e-1", "2");
        Assert.Equal("accepted", compact.Text("results/0/status"));
    }

    private static CloudEvent Event(string id, string source) => new()
    {
        Id = id,
        Source = new Uri(source, UriKind.Relative),
        Type = "energy",
        Subject = "meter-17",
        Time = new DateTimeOffset(2012, 6, 2, 8, 0, 0, TimeSpan.Zero),
        DataContentType = "application/json",
        Data = new { value = "2" },
    };
}
