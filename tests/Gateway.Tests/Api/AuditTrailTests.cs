using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class AuditTrailTests(HostFixture host)
{
    [Fact]
    public async Task A_change_is_listed_with_who_what_and_how_it_was_before()
    {
        using var admin = await host.NewHomeAsync();
        var made = await admin.CreateAsync("/v1/keys", """{ "name": "Billing", "scopes": ["billing"] }""");
        using var billing = new Caller(host.Silo.Client(made.Text("key")), made.Text("key"));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/customers/c-1")
        {
            Content = new StringContent("""{ "id": "c-1", "name": "Grace", "currency": "EUR" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Request-Id", "ticket-42");
        request.Headers.Add("Idempotency-Key", "once-1");
        Assert.Equal(200, (await billing.SendAsync(request)).Status);

        var entry = (await admin.GetAsync("/v1/audit-trail?limit=1")).Json.GetProperty("items")[0].GetProperty("entry");
        Assert.Equal(
            ("changeCustomer", "customer", "c-1", made.Text("id"), "ticket-42", "once-1"),
            (Text(entry, "operation"), Text(entry, "kind"), Text(entry, "id"), Text(entry.GetProperty("actor"), "key"), Text(entry, "requestId"),
                Text(entry, "idempotencyKey")));
        Assert.Equal(("Ada <Lovelace>", "Grace"), (Text(entry.GetProperty("before"), "name"), Text(entry.GetProperty("after"), "name")));
        Assert.DoesNotContain(made.Text("key"), (await admin.GetAsync("/v1/audit-trail")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_go_through_all_partitions_newest_first()
    {
        using var admin = await host.NewTenantAsync();
        for (var i = 0; i < 12; i++)
        {
            await admin.CreateAsync("/v1/customers", $$"""{ "id": "c-{{i}}", "name": "N", "currency": "EUR" }""");
        }
        await admin.CreateAsync("/v1/meters", """{ "id": "m", "unit": "kWh" }""");
        Assert.Equal(["m", .. Enumerable.Range(0, 12).Reverse().Select(i => $"c-{i}")], (await IdsAsync(admin, "?limit=5"))[..^1]);
        Assert.Equal(["c-7"], await IdsAsync(admin, "?kind=customer&entity=c-7"));
        Assert.Equal(["m"], await IdsAsync(admin, "?operation=declareMeter"));
        Assert.Empty(await IdsAsync(admin, "?actor=nobody"));
        Assert.Equal(13, (await IdsAsync(admin, $"?actor={admin.Key.Split('_')[1]}")).Count);
        var newest = await admin.GetAsync("/v1/audit-trail?limit=1&kind=customer");
        var at = Uri.EscapeDataString(newest.Text("items/0/entry/at"));
        Assert.Equal(["m", "c-11"], await IdsAsync(admin, $"?from={at}"));
        Assert.Equal(12, (await IdsAsync(admin, $"?to={at}")).Count);

        var one = await admin.GetAsync($"/v1/audit-trail/{newest.Text("items/0/id")}");
        Assert.Equal(newest.Json.GetProperty("items")[0].GetRawText(), one.Json.GetRawText());
        (await admin.GetAsync("/v1/audit-trail/0-999")).IsProblem(404, "audit_entry.unknown");
        (await admin.GetAsync("/v1/audit-trail/x")).IsProblem(404, "audit_entry.unknown");
        (await admin.GetAsync("/v1/audit-trail?from=yesterday")).IsProblem(422, "request.parameter_invalid");
        (await admin.GetAsync("/v1/audit-trail?cursor=xx")).IsProblem(422, "request.parameter_invalid");
        (await admin.GetAsync("/v1/audit-trail?trail=other")).IsProblem(422, "request.parameter_invalid");
    }

    [Fact]
    public async Task The_export_can_be_followed_with_nothing_but_sha_256()
    {
        using var admin = await host.NewHomeAsync();
        await admin.PostAsync("/v1/portal-tokens", """{ "customer": "c-1" }""");
        await admin.ReportAsync("e-1", "4");
        var export = await admin.GetAsync("/v1/audit-trail/export");
        Assert.Equal("application/jsonl", export.Type);
        var heads = new Dictionary<string, string>();
        var kinds = new List<string>();
        foreach (var line in export.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var json = JsonDocument.Parse(line).RootElement;
            var partition = Text(json, "id").Split('-')[0];
            Assert.Equal(heads.GetValueOrDefault(partition, new('0', 64)), Text(json, "previousHash"));
            byte[] hashed = [.. Convert.FromHexString(Text(json, "previousHash")), .. Encoding.UTF8.GetBytes(json.GetProperty("entry").GetRawText())];
            heads[partition] = Convert.ToHexStringLower(SHA256.HashData(hashed));
            Assert.Equal(heads[partition], Text(json, "hash"));
            kinds.Add(Text(json.GetProperty("entry"), "kind"));
        }
        Assert.Equal(["customer", "device", "key", "meter", "plan", "portal_token", "subscription"], kinds.Order());

        var report = await admin.PostAsync("/v1/audit-trail/verify", "");
        Assert.Equal((200, "true", "7"), (report.Status, report.Text("intact"), report.Text("entries")));
        foreach (var chain in report.Json.GetProperty("chains").EnumerateArray().Where(c => c.GetProperty("entries").GetInt64() > 0))
        {
            Assert.Equal(heads[chain.GetProperty("partition").GetRawText()], Text(chain, "head"));
        }
    }

    [Fact]
    public async Task Only_the_whole_tenants_administrators_read_it_and_no_other_tenant_sees_anything()
    {
        using var admin = await host.NewHomeAsync();
        using var stranger = await host.NewTenantAsync();
        foreach (var scopes in new[] { """{ "scopes": ["billing", "devices", "ingest"] }""", """{ "scopes": ["read"], "customer": "c-1" }""" })
        {
            var key = (await admin.CreateAsync("/v1/keys", scopes)).Text("key");
            using var other = new Caller(host.Silo.Client(key), key);
            foreach (var path in new[] { "/v1/audit-trail", "/v1/audit-trail/export", "/v1/audit-trail/0-1" })
            {
                Assert.Equal(403, (await other.GetAsync(path)).Status);
            }
            Assert.Equal(403, (await other.PostAsync("/v1/audit-trail/verify", "")).Status);
        }
        Assert.Equal(1, (await stranger.GetAsync("/v1/audit-trail")).Json.GetProperty("items").GetArrayLength());
        (await admin.GetAsync("/v1/audit-trail?trail=operators")).IsProblem(403, "auth.operator_key_needed");
        var operators = await host.Operator.GetAsync("/v1/audit-trail?trail=operators&kind=tenant&limit=2");
        Assert.Equal("createTenant", operators.Text("items/0/entry/operation"));
        Assert.Equal("true", operators.Text("items/0/entry/actor/operator"));
        Assert.Equal("true", (await host.Operator.PostAsync("/v1/audit-trail/verify?trail=operators", "")).Text("intact"));
        var first = await host.Operator.GetAsync("/v1/audit-trail/export?trail=operators&operation=start");
        Assert.Contains("\"subject\":\"system\"", first.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_refused_nor_a_repeated_call_nor_usage_leaves_an_entry()
    {
        using var admin = await host.NewHomeAsync();
        var before = (await admin.GetAsync("/v1/audit-trail/export")).Body;
        Assert.Equal(409, (await admin.PostAsync("/v1/customers", """{ "id": "c-1", "name": "Other", "currency": "EUR" }""")).Status);
        Assert.Equal(422, (await admin.PostAsync("/v1/devices", """{ "id": "d", "subscription": "absent" }""")).Status);
        Assert.Equal(200, (await admin.PostAsync("/v1/devices", """{ "id": "meter-17", "subscription": "s-1" }""")).Status);
        Assert.Equal(200, (await admin.ReportAsync("e-1", "4")).Status);
        Assert.Equal(200, (await admin.PostAsync("/v1/quotes", """{ "plan": "home", "quantities": { "energy": "5" } }""")).Status is 200 or 422 ? 200 : 0);
        Assert.Equal(before, (await admin.GetAsync("/v1/audit-trail/export")).Body);
    }

    private static async Task<List<string>> IdsAsync(Caller caller, string query)
    {
        var ids = new List<string>();
        for (var path = $"/v1/audit-trail{query}"; ;)
        {
            var page = await caller.GetAsync(path);
            Assert.True(page.Status == 200, page.Body);
            ids.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => Text(item.GetProperty("entry"), "id")));
            if (page.Text("next") == "null")
            {
                return ids;
            }
            path = $"/v1/audit-trail{query}&cursor={page.Text("next")}";
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
