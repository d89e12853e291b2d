using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class QuickStartTests(HostFixture host)
{
    [Fact]
    public async Task Usage_becomes_a_running_bill_and_then_an_invoice_whose_every_cent_can_be_traced()
    {
        using var caller = await host.NewHomeAsync();
        var first = await caller.ReportAsync("e-1", "\"100.50\"");
        Assert.Equal(200, first.Status);
        Assert.Equal(("accepted", "31.155", "EUR"),
            (first.Text("results/0/status"), first.Text("results/0/charge"), first.Text("results/0/currency")));
        Assert.Matches(@"^\d+:\d+$", first.Text("results/0/position"));
        Assert.Equal("duplicate", (await caller.ReportAsync("e-1", "100.5")).Text("results/0/status"));
        Assert.Equal("conflict", (await caller.ReportAsync("e-1", "7")).Text("results/0/status"));

        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(("EUR", "40.66"), (bill.Text("currency"), bill.Text("total")));

        var clock = await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        Assert.True(clock.Status == 200, clock.Body);
        var invoices = await caller.GetAsync("/v1/customers/c-1/invoices");
        Assert.Equal(1, invoices.Json.GetProperty("items").GetArrayLength());
        var id = invoices.Text("items/0/id");
        var invoice = await caller.GetAsync($"/v1/invoices/{id}");
        Assert.Equal(("40.66", "Ada <Lovelace>"), (invoice.Text("total"), invoice.Text("customer/name")));
        var lines = invoice.Json.GetProperty("lines").EnumerateArray()
            .ToDictionary(line => line.GetProperty("chargeId").GetString()!);
        Assert.Equal("9.50", lines["base"].GetProperty("amount").GetString());
        Assert.Equal("31.16", lines["energy"].GetProperty("amount").GetString());
        Assert.Equal("31.155", lines["energy"].GetProperty("exactAmount").GetString());

        var line = lines["energy"].GetProperty("number").GetInt32();
        var events = await caller.GetAsync($"/v1/invoices/{id}/lines/{line}/events");
        Assert.Equal(("e-1", "100.5", first.Text("results/0/position")),
            (events.Text("items/0/id"), events.Text("items/0/value"), events.Text("items/0/position")));

        var usage = await caller.GetAsync(
            "/v1/devices/meter-17/usage?from=2012-06-01T00:00:00Z&to=2012-07-01T00:00:00Z");
        Assert.Equal(("energy", "100.5"), (usage.Text("rows/0/meter"), usage.Text("rows/0/quantity")));

        var audit = await caller.PostAsync("/v1/audit", "{}");
        Assert.True(audit.Text("agrees") == "true", audit.Body);
    }

    [Theory]
    [InlineData("/v1/meters", """{ "id": "x", "unit": "kWh" }""", """{ "id": "x", "unit": "MB" }""")]
    [InlineData("/v1/customers", """{ "id": "x", "name": "X", "currency": "EUR" }""", """{ "id": "x", "name": "Y", "currency": "EUR" }""")]
    [InlineData("/v1/devices", """{ "id": "x" }""", """{ "id": "x", "name": "X" }""")]
    [InlineData("/v1/subscriptions", """{ "id": "x", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z" }""",
        """{ "id": "x", "customer": "c-1", "plan": "home", "start": "2012-06-02T00:00:00Z" }""")]
    public async Task The_same_again_answers_200_and_something_else_409(string path, string body, string other)
    {
        using var caller = await host.NewHomeAsync();
        var made = await caller.CreateAsync(path, body);
        Assert.Equal($"{path}/x", made.Headers.Location?.ToString());
        var repeat = await caller.PostAsync(path, body);
        Assert.Equal((200, made.Body), (repeat.Status, repeat.Body));
        Assert.Equal(409, (await caller.PostAsync(path, other)).Status);
        Assert.Equal(made.Body, (await caller.GetAsync($"{path}/x")).Body);
    }

    [Fact]
    public async Task A_tenant_gets_its_key_once_and_an_operator_can_add_another()
    {
        const string Body = """{ "id": "once", "grace": "PT2H", "acceptanceWindow": "P40D" }""";
        var made = await host.Operator.CreateAsync("/v1/tenants", Body);
        Assert.Equal(("PT2H", "P40D"), (made.Text("grace"), made.Text("acceptanceWindow")));
        var repeat = await host.Operator.PostAsync("/v1/tenants", Body);
        Assert.Equal((200, null), (repeat.Status, repeat.TextOrNull("key")));
        var added = await host.Operator.CreateAsync("/v1/tenants/once/keys", "{}");
        foreach (var key in new[] { made.Text("key"), added.Text("key") })
        {
            using var client = host.Silo.Client(key);
            using var caller = new Caller(client, key);
            Assert.Equal(200, (await caller.GetAsync("/v1/clock")).Status);
        }
    }

    [Fact]
    public async Task A_plan_is_published_in_versions_that_never_change()
    {
        using var caller = await host.NewHomeAsync();
        var second = await caller.CreateAsync("/v1/plans", """
            { "id": "home", "currency": "EUR", "charges": [ { "id": "energy", "meter": "energy", "model": "perUnit", "unitPrice": "0.35" } ] }
            """);
        Assert.Equal("2", second.Text("version"));
        Assert.Equal("2", (await caller.GetAsync("/v1/plans/home")).Text("version"));
        var first = await caller.GetAsync("/v1/plans/home?version=1");
        Assert.Equal(("1", "0.31"), (first.Text("version"), first.Text("definition/charges/1/unitPrice")));
        (await caller.GetAsync("/v1/plans/home?version=3")).IsProblem(404, "plan.unknown");
        Assert.Equal("2", (await caller.GetAsync("/v1/plans")).Text("items/0/version"));
    }

    [Fact]
    public async Task A_device_moves_to_another_subscription_and_rests()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/subscriptions", """{ "id": "s-2", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        var moved = await caller.PostAsync("/v1/devices/meter-17/assignments", """{ "subscription": "s-2", "from": "2012-06-11T00:00:00Z" }""");
        Assert.Equal((200, "s-2"), (moved.Status, moved.Text("assignments/1/subscription")));
        var rests = await caller.PostAsync("/v1/devices/meter-17/state", """{ "state": "suspended", "from": "2012-06-21T00:00:00Z" }""");
        Assert.True(rests.Status == 200, rests.Body);
        var away = await caller.PostAsync("/v1/devices/meter-17/assignments", """{ "subscription": null, "from": "2012-06-25T00:00:00Z" }""");
        Assert.True(away.Status == 200, away.Body);
    }

    [Fact]
    public async Task Listings_go_through_all_partitions_in_pages_by_id()
    {
        using var caller = await host.NewTenantAsync();
        var ids = Enumerable.Range(0, 25).Select(i => $"d/{i:00}").ToArray();
        await Task.WhenAll(ids.Select(id => caller.CreateAsync("/v1/devices", $$"""{ "id": "{{id}}" }""")));
        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = await caller.GetAsync($"/v1/devices?limit=10{cursor}");
            listed.AddRange(
                page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.Text("next") is var next && next != "null" ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(ids, listed);
        Assert.Equal("d/07", (await caller.GetAsync("/v1/devices/d%2F07")).Text("id"));
    }

    [Fact]
    public async Task Quarantined_events_are_listed_with_their_reason()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/devices", """{ "id": "loose" }""");
        foreach (var id in new[] { "q-1", "q-2", "q-3" })
        {
            Assert.Equal("quarantined", (await caller.ReportAsync(id, "1", device: "loose")).Text("results/0/status"));
        }
        var page = await caller.GetAsync("/v1/quarantine?limit=2");
        Assert.Equal(("q-1", "q-2", "usage.unassigned"),
            (page.Text("items/0/id"), page.Text("items/1/id"), page.Text("items/0/reason")));
        var rest = await caller.GetAsync($"/v1/quarantine?limit=2&device=loose&cursor={page.Text("next")}");
        Assert.Equal(("q-3", "null"), (rest.Text("items/0/id"), rest.Text("next")));
        Assert.Equal("[]", (await caller.GetAsync("/v1/quarantine?device=meter-17")).Text("items"));
    }
}
