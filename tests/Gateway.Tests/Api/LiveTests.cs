using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class LiveTests(HostFixture host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_watcher_sees_the_bill_and_then_every_change_of_it()
    {
        using var caller = await host.NewHomeAsync();
        using var limit = new CancellationTokenSource(Patience);
        await using var bills = Watch(caller, "/v1/customers/c-1/bill/live", limit.Token).GetAsyncEnumerator();
        var first = await NextAsync(bills);
        Assert.Equal(("bill", "9.50"), (first.EventType, Total(first)));
        await caller.ReportAsync("e-1", "1");
        Assert.Equal("9.81", Total(await NextAsync(bills)));
        await caller.ReportAsync("e-1", "1");
        await caller.ReportAsync("e-2", "2");
        var third = await NextAsync(bills);
        Assert.Equal("10.43", Total(third));
        Assert.Equal(
            WithoutClock((await caller.GetAsync("/v1/customers/c-1/bill")).Body), WithoutClock(third.Data));

        // One who has seen the last version hears of the next only.
        await using var later = Watch(caller, "/v1/customers/c-1/bill/live", limit.Token, third.EventId).GetAsyncEnumerator();
        var next = NextAsync(later);
        await caller.ReportAsync("e-3", "10");
        Assert.Equal("13.53", Total(await next));
    }

    [Fact]
    public async Task Charges_of_a_subscription_and_usage_of_a_device_can_be_watched()
    {
        using var caller = await host.NewHomeAsync();
        using var limit = new CancellationTokenSource(Patience);
        await using var charges = Watch(caller, "/v1/subscriptions/s-1/bill/live", limit.Token).GetAsyncEnumerator();
        await using var usage = Watch(caller, "/v1/devices/meter-17/usage/live", limit.Token).GetAsyncEnumerator();
        Assert.Equal("9.50", Total(await NextAsync(charges)));
        Assert.Equal("[]", JsonDocument.Parse((await NextAsync(usage)).Data).RootElement.GetProperty("rows").GetRawText());
        await caller.ReportAsync("e-1", "1");
        Assert.Equal("9.81", Total(await NextAsync(charges)));
        var row = JsonDocument.Parse((await NextAsync(usage)).Data).RootElement.GetProperty("rows")[0];
        Assert.Equal(("energy", "1"), (row.GetProperty("meter").GetString(), row.GetProperty("quantity").GetString()));
    }

    [Fact]
    public async Task A_watch_ends_when_its_key_is_revoked()
    {
        using var admin = await host.NewHomeAsync();
        var made = await admin.CreateAsync("/v1/keys", """{ "scopes": ["read"], "customer": "c-1" }""");
        using var reader = new Caller(host.Silo.Client(made.Text("key")), made.Text("key"));
        using var limit = new CancellationTokenSource(Patience);
        await using var bills = Watch(reader, "/v1/customers/c-1/bill/live", limit.Token).GetAsyncEnumerator();
        await NextAsync(bills);
        Assert.Equal(200, (await admin.PostAsync($"/v1/keys/{made.Text("id")}/revoke", "")).Status);
        Assert.False(await bills.MoveNextAsync());
    }

    [Theory]
    [InlineData("/v1/customers/nobody/bill/live", "customer.unknown")]
    [InlineData("/v1/subscriptions/nobody/bill/live", "subscription.unknown")]
    [InlineData("/v1/devices/nobody/usage/live", "device.unknown")]
    public async Task What_does_not_exist_cannot_be_watched(string path, string code)
    {
        using var caller = await host.NewTenantAsync();
        (await caller.GetAsync(path)).IsProblem(404, code);
    }

    private static async IAsyncEnumerable<SseItem<string>> Watch(
        Caller caller, string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
        {
            request.Headers.Add("Last-Event-ID", known);
        }
        using var response = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            if (item.EventType != "ping")
            {
                yield return item;
            }
        }
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        Assert.True(await items.MoveNextAsync(), "the stream has ended");
        return items.Current;
    }

    private static string? Total(SseItem<string> item) => JsonDocument.Parse(item.Data).RootElement.GetProperty("total").GetString();

    private static string WithoutClock(string bill) => string.Join(",", JsonDocument.Parse(bill).RootElement.EnumerateObject()
        .Where(property => property.Name != "asOf").Select(property => property.Value.GetRawText()));
}
