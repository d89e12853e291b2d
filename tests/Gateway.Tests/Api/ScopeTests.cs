using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Every operation with every kind of key.</summary>
[Collection(HostCollection.Name)]
public sealed class ScopeTests(HostFixture host)
{
    private const string Operators = "operator";

    /// <summary>Operations by the scope that they need, so that a new one is given its scope on purpose.</summary>
    private static readonly Dictionary<string, string[]> Operations = new()
    {
        [Operators] =
        [
            "post /v1/tenants", "post /v1/tenants/{id}/keys", "get /v1/tenants/{id}/keys", "post /v1/tenants/{id}/keys/{key}/revoke",
            "post /v1/tenants/{id}/keys/{key}/rotate",
        ],
        ["admin"] =
        [
            "post /v1/clock/advance", "post /v1/keys", "get /v1/keys", "post /v1/keys/{id}/revoke", "post /v1/keys/{id}/rotate",
            "get /v1/audit-trail", "get /v1/audit-trail/export", "get /v1/audit-trail/{id}", "post /v1/audit-trail/verify",
        ],
        ["ingest"] =
        [
            "post /v1/events", "post /v1/devices/{id}/reservations", "post /v1/devices/{id}/reservations/{reservation}/report",
            "post /v1/devices/{id}/reservations/{reservation}/release",
        ],
        ["ingest read"] = ["get /v1/devices/{id}/reservations/{reservation}"],
        ["read devices"] =
        [
            "get /v1/devices", "get /v1/devices/{id}", "get /v1/devices/{id}/usage", "get /v1/devices/{id}/usage/live",
            "get /v1/identifiers/{kind}/{value}", "get /v1/jobs", "get /v1/jobs/{id}", "get /v1/jobs/{id}/results",
            "get /v1/jobs/{id}/results.csv",
        ],
        ["devices"] =
        [
            "post /v1/devices", "post /v1/devices/batch", "post /v1/devices/batch/changes", "post /v1/devices/{id}/assignments", "post /v1/devices/{id}/state",
            "post /v1/devices/{id}/register-resets", "post /v1/devices/{id}/identifiers", "post /v1/devices/{id}/identifiers/end",
            "post /v1/jobs", "post /v1/jobs/{id}/cancel",
        ],
        ["billing"] =
        [
            "post /v1/meters", "post /v1/plans", "post /v1/customers", "post /v1/customers/{id}/wallets",
            "post /v1/customers/{id}/wallets/{wallet}/grants", "post /v1/customers/{id}/wallets/{wallet}/grants/{grant}/void",
            "post /v1/subscriptions", "post /v1/subscriptions/{id}/changes", "delete /v1/subscriptions/{id}/changes/{change}",
            "post /v1/subscriptions/{id}/packs", "post /v1/subscriptions/{id}/pause", "post /v1/subscriptions/{id}/resume", "post /v1/subscriptions/{id}/cancel",
            "post /v1/devices/{id}/usage/{event}/void", "post /v1/devices/{id}/usage/{event}/amend", "post /v1/usage/corrections",
            "post /v1/quarantine/release", "post /v1/quarantine/discard", "post /v1/re-ratings", "post /v1/re-ratings/{id}/apply",
            "post /v1/customers/{id}/agreements", "post /v1/customers/{id}/agreements/{agreement}/end", "post /v1/plans/{id}/migrations",
            "post /v1/plans/{id}/migrations/{migration}/apply", "put /v1/customers/{id}", "put /v1/legal-entities/{id}",
            "put /v1/branding", "put /v1/branding/logo", "delete /v1/branding/logo",
            "post /v1/customers/{id}/drafts/{draft}/finalize", "post /v1/invoices/{id}/credit-notes", "post /v1/customers/{id}/payments",
            "post /v1/customers/{id}/payments/{payment}/reverse", "post /v1/customers/{id}/refunds", "post /v1/invoices/{id}/write-off",
            "post /v1/exchange-rates/import", "put /v1/exchange-rates",
        ],
        ["read"] =
        [
            "get /v1/tenants", "get /v1/clock", "get /v1/meters", "get /v1/meters/{id}", "get /v1/plans", "get /v1/plans/{id}", "get /v1/customers",
            "get /v1/customers/{id}", "get /v1/customers/{id}/bill", "get /v1/customers/{id}/bill/live", "get /v1/subscriptions/{id}/bill/live",
            "get /v1/customers/{id}/invoices", "get /v1/customers/{id}/wallets",
            "get /v1/customers/{id}/wallets/{wallet}", "get /v1/customers/{id}/journal", "get /v1/subscriptions", "get /v1/subscriptions/{id}",
            "get /v1/subscriptions/{id}/packs", "get /v1/subscriptions/{id}/pools/{charge}", "post /v1/subscriptions/{id}/what-if", "get /v1/quarantine", "get /v1/usage/corrections",
            "get /v1/customers/{id}/agreements", "get /v1/customers/{id}/agreements/{agreement}", "post /v1/customers/{id}/what-if",
            "get /v1/plans/{id}/migrations", "get /v1/plans/{id}/migrations/{migration}",
            "get /v1/re-ratings", "get /v1/re-ratings/{id}", "get /v1/invoices/{id}", "get /v1/invoices/{id}/html",
            "get /v1/invoices/{id}/explanation", "get /v1/invoices/{id}/usage.csv", "get /v1/credit-notes/{id}/html", "get /v1/branding",
            "get /v1/branding/logo", "get /v1/bill-runs", "get /v1/bill-runs/held.csv",
            "get /v1/invoices/{id}/lines/{n}/events", "post /v1/quotes", "post /v1/audit", "post /v1/portal-tokens",
            "get /v1/credit-notes/{id}", "get /v1/credit-notes/{id}/document", "get /v1/customers/{id}/credit-notes",
            "get /v1/customers/{id}/payments", "get /v1/customers/{id}/account",
            "get /v1/invoices/{id}/pdf", "get /v1/invoices/{id}/ubl", "get /v1/credit-notes/{id}/pdf", "get /v1/credit-notes/{id}/ubl",
            "get /v1/invoices/{id}/document", "get /v1/drafts", "get /v1/customers/{id}/drafts", "get /v1/legal-entities",
            "get /v1/legal-entities/{id}", "get /v1/legal-entities/{id}/chain", "post /v1/legal-entities/{id}/verify",
            "get /v1/exchange-rates", "get /v1/exchange-rates/convert", "get /v1/accounting/entries", "get /v1/accounting/export",
            "get /v1/accounting/trial-balance",
        ],
    };

    private static readonly Dictionary<string, string[]> Included = new()
    {
        ["ingest"] = ["ingest"],
        ["read"] = ["read"],
        ["devices"] = ["devices"],
        ["billing"] = ["billing", "read"],
        ["admin"] = ["admin", "ingest", "read", "devices", "billing"],
    };

    [Fact]
    public async Task The_document_says_which_scope_each_operation_needs()
    {
        var wanted = Operations.SelectMany(pair => pair.Value.Select(name => (name, pair.Key))).Order();
        Assert.Equal(wanted, (await DocumentedAsync()).Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task Each_operation_refuses_every_key_without_its_scope_and_lets_the_others_in()
    {
        using var admin = await host.NewTenantAsync();
        using var nobody = new Caller(host.Silo.Client(null), "");
        var revoked = await RevokedAsync(admin);
        var callers = new Dictionary<string, Caller>();
        foreach (var scope in Included.Keys)
        {
            var key = (await admin.CreateAsync("/v1/keys", $$"""{ "scopes": ["{{scope}}"] }""")).Text("key");
            callers[scope] = new(host.Silo.Client(key), key);
        }
        foreach (var (operation, needed) in await DocumentedAsync())
        {
            (await CallAsync(nobody, operation)).IsProblem(401, "auth.key_missing_or_unknown");
            (await CallAsync(revoked, operation)).IsProblem(401, "auth.key_missing_or_unknown");
            foreach (var (scope, caller) in callers)
            {
                var answer = await CallAsync(caller, operation);
                if (needed.Split(' ').Intersect(Included[scope]).Any())
                {
                    Assert.True(answer.Status is not 401 and not 403 and < 500, $"{operation} with {scope}: {answer.Status} {answer.Body}");
                }
                else
                {
                    answer.IsProblem(403, needed == Operators ? "auth.operator_key_needed" : "auth.scope_missing");
                }
            }
        }
        revoked.Dispose();
        foreach (var caller in callers.Values)
        {
            caller.Dispose();
        }
    }

    private async Task<Caller> RevokedAsync(Caller admin)
    {
        var made = await admin.CreateAsync("/v1/keys", """{ "scopes": ["admin"] }""");
        Assert.Equal(200, (await admin.PostAsync($"/v1/keys/{made.Text("id")}/revoke", "")).Status);
        return new(host.Silo.Client(made.Text("key")), made.Text("key"));
    }

    private static Task<Answer> CallAsync(Caller caller, string operation)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var address = string.Join('/', path.Split('/').Select(part => part == "{n}" ? "1" : part.StartsWith('{') ? "absent" : part));
        return method switch
        {
            "post" => caller.PostAsync(address, "{}"),
            "put" => caller.PutAsync(address, "{}", address.EndsWith("/logo", StringComparison.Ordinal) ? "image/png" : "application/json"),
            "get" => caller.GetAsync(address),
            _ => caller.SendAsync(new(new HttpMethod(method), address)),
        };
    }

    private async Task<Dictionary<string, string>> DocumentedAsync()
    {
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        return document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", Scopes: Scopes(method.Value))))
            .ToDictionary(pair => pair.Name, pair => pair.Scopes);
    }

    private static string Scopes(JsonElement operation) => string.Join(' ', operation.GetProperty("security").EnumerateArray()
        .Where(way => way.TryGetProperty("bearer", out _)).Select(way => way.GetProperty("bearer")[0].GetString()));
}
