using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class KeyTests(HostFixture host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_key_is_told_once_and_listed_without_what_opens_anything()
    {
        using var admin = await host.NewTenantAsync();
        var made = await admin.CreateAsync(
            "/v1/keys", """{ "name": "Gateway", "scopes": ["devices", "ingest"], "expiresAt": "2099-01-01T00:00:00Z" }""");
        Assert.Equal(("Gateway", """["ingest","devices"]""", "active"), (made.Text("name"), made.Text("scopes"), made.Text("status")));
        var key = made.Text("key");
        Assert.StartsWith($"ob_{made.Text("id")}_", key, StringComparison.Ordinal);

        var list = await admin.GetAsync("/v1/keys");
        Assert.Equal(2, list.Json.GetProperty("items").GetArrayLength());
        Assert.Equal((made.Text("id"), """["admin"]"""), (list.Text("items/1/id"), list.Text("items/0/scopes")));
        Assert.DoesNotContain(key[12..], list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("sha", list.Body, StringComparison.OrdinalIgnoreCase);
        var first = await admin.GetAsync("/v1/keys?limit=1");
        Assert.Equal(made.Text("id"), (await admin.GetAsync($"/v1/keys?limit=1&cursor={first.Text("next")}")).Text("items/0/id"));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_stays_on_the_list()
    {
        using var admin = await host.NewTenantAsync();
        var (id, reader) = await MakeAsync(admin, """{ "scopes": ["read"] }""");
        using (reader)
        {
            Assert.Equal(200, (await reader.GetAsync("/v1/meters")).Status);
            var revoked = await admin.PostAsync($"/v1/keys/{id}/revoke", "");
            Assert.Equal((200, "revoked"), (revoked.Status, revoked.Text("status")));
            await RefusedAsync(reader);
        }
        var again = await admin.PostAsync($"/v1/keys/{id}/revoke", "");
        Assert.Equal(200, again.Status);
        Assert.Equal(again.Text("revokedAt"), (await admin.GetAsync("/v1/keys")).Text("items/1/revokedAt"));
        (await admin.PostAsync($"/v1/keys/{id}/rotate", "")).IsProblem(409, "key.ended");
    }

    [Fact]
    public async Task A_key_ends_when_it_said_it_would()
    {
        using var admin = await host.NewTenantAsync();
        var end = TimeProvider.System.GetUtcNow().AddSeconds(3).ToString("O", CultureInfo.InvariantCulture);
        var (id, reader) = await MakeAsync(admin, $$"""{ "scopes": ["read"], "expiresAt": "{{end}}" }""");
        using (reader)
        {
            Assert.Equal(200, (await reader.GetAsync("/v1/meters")).Status);
            await RefusedAsync(reader);
        }
        Assert.Equal((id, "expired"), ((await admin.GetAsync("/v1/keys")).Text("items/1/id"), (await admin.GetAsync("/v1/keys")).Text("items/1/status")));
    }

    [Fact]
    public async Task A_rotated_key_has_a_successor_with_its_rights_and_works_on_as_long_as_was_said()
    {
        using var admin = await host.NewTenantAsync();
        var (id, old) = await MakeAsync(admin, """{ "name": "Reader", "scopes": ["read"] }""");
        using (old)
        {
            var next = await admin.CreateAsync($"/v1/keys/{id}/rotate", "");
            Assert.Equal(("Reader", """["read"]"""), (next.Text("name"), next.Text("scopes")));
            using var successor = new Caller(host.Silo.Client(next.Text("key")), next.Text("key"));
            Assert.Equal((200, 200), ((await old.GetAsync("/v1/meters")).Status, (await successor.GetAsync("/v1/meters")).Status));
            (await successor.PostAsync("/v1/meters", "{}")).IsProblem(403, "auth.scope_missing");

            await admin.CreateAsync($"/v1/keys/{next.Text("id")}/rotate", """{ "oldExpiresIn": "PT0S" }""");
            await RefusedAsync(successor);
            Assert.Equal(200, (await old.GetAsync("/v1/meters")).Status);
        }
        (await admin.PostAsync($"/v1/keys/{id}/rotate", """{ "oldExpiresIn": "P40D" }""")).IsProblem(422, "key.overlap_invalid", "/oldExpiresIn");
    }

    [Theory]
    [InlineData("""{ }""", "json.required", "/scopes")]
    [InlineData("""{ "scopes": [] }""", "key.scopes_missing", "/scopes")]
    [InlineData("""{ "scopes": ["read", "write"] }""", "key.scope_unknown", "/scopes/1")]
    [InlineData("""{ "scopes": ["read"], "expiresAt": "2001-01-01T00:00:00Z" }""", "key.expired", "/expiresAt")]
    [InlineData("""{ "scopes": ["read"], "customer": "nobody" }""", "customer.unknown", "/customer")]
    [InlineData("""{ "scopes": ["billing"], "customer": "c-1" }""", "key.customer_only_reads", "/scopes")]
    [InlineData("""{ "scopes": ["admin"], "operator": true }""", "key.operator_tenant", "/operator")]
    public async Task A_key_that_makes_no_sense_is_refused_with_the_place(string body, string code, string pointer)
    {
        using var admin = await host.NewTenantAsync();
        (await admin.PostAsync("/v1/keys", body)).IsProblem(422, code, pointer);
        Assert.Equal(1, (await admin.GetAsync("/v1/keys")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Keys_of_another_tenant_are_like_keys_that_do_not_exist()
    {
        using var owner = await host.NewTenantAsync();
        using var other = await host.NewTenantAsync();
        var id = (await owner.GetAsync("/v1/keys")).Text("items/0/id");
        foreach (var action in new[] { "revoke", "rotate" })
        {
            var foreign = (await other.PostAsync($"/v1/keys/{id}/{action}", "")).IsProblem(404, "key.unknown");
            var absent = (await other.PostAsync($"/v1/keys/ABCDEFGH/{action}", "")).IsProblem(404, "key.unknown");
            Assert.Equal(absent.Text("detail"), foreign.Text("detail").Replace(id, "ABCDEFGH", StringComparison.Ordinal));
        }
        Assert.Equal(200, (await owner.GetAsync("/v1/meters")).Status);
    }

    [Fact]
    public async Task Operators_manage_the_keys_of_any_tenant_and_always_keep_one_of_their_own()
    {
        using var admin = await host.NewTenantAsync();
        var tenant = (await admin.GetAsync("/v1/keys")).Text("items/0/tenant");
        var made = await host.Operator.CreateAsync($"/v1/tenants/{tenant}/keys", """{ "scopes": ["read"] }""");
        Assert.Equal(200, (await host.Operator.PostAsync($"/v1/tenants/{tenant}/keys/{made.Text("id")}/revoke", "")).Status);
        Assert.Equal("revoked", (await host.Operator.GetAsync($"/v1/tenants/{tenant}/keys")).Text("items/1/status"));
        (await admin.GetAsync($"/v1/tenants/{tenant}/keys")).IsProblem(403, "auth.operator_key_needed");
        (await host.Operator.GetAsync("/v1/tenants/nobody/keys")).IsProblem(404, "tenant.unknown");

        var own = (await host.Operator.GetAsync("/v1/keys")).Json.GetProperty("items").EnumerateArray()
            .Single(key => key.GetProperty("operator").GetBoolean()).GetProperty("id").GetString();
        (await host.Operator.PostAsync($"/v1/keys/{own}/revoke", "")).IsProblem(409, "key.last_operator_key");
        var second = await host.Operator.CreateAsync("/v1/tenants/default/keys", """{ "operator": true }""");
        using (var deputy = new Caller(host.Silo.Client(second.Text("key")), second.Text("key")))
        {
            Assert.Equal(200, (await deputy.GetAsync("/metrics")).Status);
            Assert.Equal(200, (await host.Operator.PostAsync($"/v1/keys/{second.Text("id")}/revoke", "")).Status);
            await RefusedAsync(deputy);
        }
    }

    [Fact]
    public async Task An_administrator_of_the_operators_tenant_does_not_see_and_cannot_replace_their_keys()
    {
        var own = (await host.Operator.GetAsync("/v1/keys")).Json.GetProperty("items").EnumerateArray()
            .First(key => key.GetProperty("operator").GetBoolean()).GetProperty("id").GetString();
        var made = await host.Operator.CreateAsync("/v1/keys", """{ "scopes": ["admin"] }""");
        using var admin = new Caller(host.Silo.Client(made.Text("key")), made.Text("key"));
        (await admin.PostAsync($"/v1/keys/{own}/rotate", "")).IsProblem(404, "key.unknown");
        (await admin.PostAsync($"/v1/keys/{own}/revoke", "")).IsProblem(404, "key.unknown");
        (await admin.PostAsync("/v1/keys", """{ "scopes": ["admin"], "operator": true }""")).IsProblem(403, "auth.operator_key_needed");
        Assert.DoesNotContain((await admin.GetAsync("/v1/keys")).Json.GetProperty("items").EnumerateArray(),
            key => key.GetProperty("operator").GetBoolean());
    }

    [Fact]
    public async Task A_key_of_one_customer_reads_that_customer_and_nothing_else()
    {
        using var admin = await host.NewHomeAsync();
        await admin.CreateAsync("/v1/customers", """{ "id": "c-2", "name": "Other", "currency": "EUR" }""");
        await admin.CreateAsync("/v1/subscriptions", """{ "id": "s-2", "customer": "c-2", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        await admin.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var invoices = new[] { "c-1", "c-2" }.Select(async customer =>
            (await admin.GetAsync($"/v1/customers/{customer}/invoices")).Text("items/0/id")).Select(task => task.Result).ToArray();
        var (_, customer) = await MakeAsync(admin, """{ "scopes": ["read"], "customer": "c-1" }""");
        using (customer)
        {
            string[] paths = ["/v1/customers/c-1", "/v1/customers/c-1/bill", "/v1/customers/c-1/invoices", "/v1/customers/c-1/wallets",
                "/v1/customers/c-1/journal", "/v1/subscriptions/s-1", $"/v1/invoices/{invoices[0]}", $"/v1/invoices/{invoices[0]}/html",
                $"/v1/invoices/{invoices[0]}/lines/1/events"];
            foreach (var path in paths)
            {
                Assert.Equal(200, (await customer.GetAsync(path)).Status);
                var foreign = await customer.GetAsync(Other(path, "c-2", "s-2", invoices[1], invoices[0]));
                var absent = await customer.GetAsync(Other(path, "c-9", "s-9", "absent", invoices[0]));
                Assert.Equal(404, foreign.Status);
                Assert.Equal(absent.Body, Other(foreign.Body, "c-9", "s-9", "absent", invoices[1], "c-2", "s-2"));
            }
            foreach (var path in new[] { "/v1/customers", "/v1/subscriptions", "/v1/devices/meter-17", "/v1/plans", "/v1/quarantine", "/v1/clock" })
            {
                (await customer.GetAsync(path)).IsProblem(403, "auth.customer_key");
            }
            (await customer.ReportAsync("e-1", "1")).IsProblem(403, "auth.scope_missing");
            Assert.Equal(200, (await customer.PostAsync("/v1/subscriptions/s-1/what-if", """{ "at": "2012-06-02T00:00:00Z" }""")).Status);
            (await customer.PostAsync("/v1/subscriptions/s-2/what-if", "{}")).IsProblem(404, "subscription.unknown");
        }
    }

    private static string Other(
        string text, string customer, string subscription, string invoice, string ownInvoice, string own = "c-1", string ownSubscription = "s-1") =>
        text.Replace(own, customer, StringComparison.Ordinal).Replace(ownSubscription, subscription, StringComparison.Ordinal)
            .Replace(ownInvoice, invoice, StringComparison.Ordinal);

    private async Task<(string Id, Caller Caller)> MakeAsync(Caller admin, string body)
    {
        var made = await admin.CreateAsync("/v1/keys", body);
        return (made.Text("id"), new Caller(host.Silo.Client(made.Text("key")), made.Text("key")));
    }

    private static async Task RefusedAsync(Caller caller)
    {
        var started = Stopwatch.GetTimestamp();
        Answer answer;
        while ((answer = await caller.GetAsync("/v1/meters")).Status != 401)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "the key still works");
            await Task.Delay(50);
        }
        answer.IsProblem(401, "auth.key_missing_or_unknown");
    }
}
