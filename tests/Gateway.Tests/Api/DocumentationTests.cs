using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed partial class DocumentationTests(HostFixture host)
{
    private static readonly string[] Operations =
    [
        "post /v1/tenants", "get /v1/tenants", "post /v1/tenants/{id}/keys", "get /v1/tenants/{id}/keys", "post /v1/tenants/{id}/keys/{key}/revoke",
        "post /v1/tenants/{id}/keys/{key}/rotate", "post /v1/keys", "get /v1/keys", "post /v1/keys/{id}/revoke", "post /v1/keys/{id}/rotate",
        "get /v1/clock", "post /v1/clock/advance",
        "post /v1/meters", "get /v1/meters", "get /v1/meters/{id}", "post /v1/plans", "post /v1/quarantine/release", "get /v1/plans",
        "get /v1/plans/{id}",
        "post /v1/customers", "get /v1/customers", "get /v1/customers/{id}", "get /v1/customers/{id}/bill", "post /v1/customers/{id}/what-if",
        "get /v1/customers/{id}/bill/live", "get /v1/subscriptions/{id}/bill/live", "get /v1/devices/{id}/usage/live",
        "post /v1/customers/{id}/agreements", "get /v1/customers/{id}/agreements", "get /v1/customers/{id}/agreements/{agreement}",
        "post /v1/customers/{id}/agreements/{agreement}/end",
        "post /v1/customers/{id}/wallets", "get /v1/customers/{id}/wallets", "get /v1/customers/{id}/wallets/{wallet}",
        "post /v1/customers/{id}/wallets/{wallet}/grants", "post /v1/customers/{id}/wallets/{wallet}/grants/{grant}/void",
        "get /v1/customers/{id}/journal",
        "get /v1/customers/{id}/invoices", "post /v1/subscriptions", "get /v1/subscriptions",
        "get /v1/subscriptions/{id}", "get /v1/subscriptions/{id}/pools/{charge}", "post /v1/subscriptions/{id}/what-if",
        "post /v1/subscriptions/{id}/changes", "post /v1/subscriptions/{id}/packs", "get /v1/subscriptions/{id}/packs",
        "delete /v1/subscriptions/{id}/changes/{change}", "post /v1/subscriptions/{id}/cancel", "post /v1/subscriptions/{id}/pause", "post /v1/subscriptions/{id}/resume",
        "post /v1/devices", "post /v1/devices/batch", "post /v1/devices/batch/changes", "post /v1/jobs", "get /v1/jobs", "get /v1/jobs/{id}",
        "post /v1/jobs/{id}/cancel", "get /v1/jobs/{id}/results", "get /v1/jobs/{id}/results.csv", "get /v1/devices", "get /v1/devices/{id}", "post /v1/devices/{id}/assignments",
        "post /v1/devices/{id}/state", "post /v1/devices/{id}/reservations", "get /v1/devices/{id}/reservations/{reservation}",
        "post /v1/devices/{id}/reservations/{reservation}/report", "post /v1/devices/{id}/reservations/{reservation}/release",
        "post /v1/devices/{id}/identifiers", "post /v1/devices/{id}/identifiers/end", "get /v1/identifiers/{kind}/{value}",
        "post /v1/devices/{id}/register-resets", "get /v1/devices/{id}/usage", "post /v1/events", "get /v1/quarantine",
        "post /v1/devices/{id}/usage/{event}/void", "post /v1/devices/{id}/usage/{event}/amend", "post /v1/usage/corrections",
        "get /v1/usage/corrections", "post /v1/quarantine/discard", "post /v1/portal-tokens",
        "post /v1/plans/{id}/migrations", "get /v1/plans/{id}/migrations", "get /v1/plans/{id}/migrations/{migration}",
        "post /v1/plans/{id}/migrations/{migration}/apply", "post /v1/re-ratings", "get /v1/re-ratings", "get /v1/re-ratings/{id}", "post /v1/re-ratings/{id}/apply",
        "get /v1/invoices/{id}", "get /v1/invoices/{id}/html", "get /v1/invoices/{id}/explanation", "get /v1/invoices/{id}/usage.csv",
        "get /v1/credit-notes/{id}/html", "get /v1/branding", "put /v1/branding", "get /v1/branding/logo", "put /v1/branding/logo",
        "delete /v1/branding/logo", "get /v1/bill-runs", "get /v1/bill-runs/held.csv", "get /v1/invoices/{id}/document", "get /v1/drafts", "get /v1/invoices/{id}/pdf", "get /v1/invoices/{id}/ubl",
        "get /v1/credit-notes/{id}/pdf", "get /v1/credit-notes/{id}/ubl", "post /v1/invoices/{id}/credit-notes",
        "get /v1/credit-notes/{id}", "get /v1/credit-notes/{id}/document", "get /v1/customers/{id}/credit-notes", "post /v1/customers/{id}/payments",
        "get /v1/customers/{id}/payments", "post /v1/customers/{id}/payments/{payment}/reverse", "post /v1/customers/{id}/refunds",
        "get /v1/customers/{id}/account", "post /v1/invoices/{id}/write-off",
        "put /v1/customers/{id}", "get /v1/customers/{id}/drafts", "post /v1/customers/{id}/drafts/{draft}/finalize", "put /v1/legal-entities/{id}",
        "get /v1/legal-entities", "get /v1/legal-entities/{id}", "get /v1/legal-entities/{id}/chain", "post /v1/legal-entities/{id}/verify",
        "get /v1/invoices/{id}/lines/{n}/events",
        "post /v1/exchange-rates/import", "put /v1/exchange-rates", "get /v1/exchange-rates", "get /v1/exchange-rates/convert",
        "get /v1/accounting/entries", "get /v1/accounting/export", "get /v1/accounting/trial-balance",
        "get /v1/audit-trail", "get /v1/audit-trail/export", "get /v1/audit-trail/{id}", "post /v1/audit-trail/verify",
        "post /v1/quotes", "post /v1/audit", "get /schemas/plan.json",
    ];

    [Fact]
    public async Task The_openapi_document_has_every_operation_with_words_schemas_and_security()
    {
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}",
                method.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value);
        Assert.Equal(Operations.Order(), operations.Keys.Order());
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.GetProperty("summary").GetString() is { Length: > 0 and < 60 }, name);
            Assert.Matches("^[a-z][A-Za-z]+$", operation.GetProperty("operationId").GetString());
            Assert.False(string.IsNullOrEmpty(operation.GetProperty("description").GetString()), name);
            Assert.Equal(1, operation.GetProperty("tags").GetArrayLength());
            Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _), name);
            var parameters = operation.TryGetProperty("parameters", out var list)
                ? list.EnumerateArray().Where(item => item.GetProperty("in").GetString() == "path").Select(
                    item => item.GetProperty("name").GetString())
                : [];
            Assert.Equal(Braces().Matches(name).Select(match => match.Groups[1].Value), parameters);
            var takesPicture = name == "put /v1/branding/logo";
            string[] bare = ["/revoke", "/apply", "/finalize", "/verify", "/jobs/{id}/cancel"];
            var takesBody = name.StartsWith('p') && !Array.Exists(bare, end => name.EndsWith(end, StringComparison.Ordinal));
            Assert.Equal(takesBody, operation.TryGetProperty("requestBody", out var body));
            Assert.True(!takesPicture || body.GetProperty("content").TryGetProperty("image/png", out _));
            Assert.True(!takesBody || takesPicture || body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), name);
        }
        var ids = operations.Values.Select(one => one.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct().Order(), ids.Order());
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("http", schemes.GetProperty("bearer").GetProperty("type").GetString());
        Assert.Equal(2, document.GetProperty("security").GetArrayLength());
    }

    [Fact]
    public async Task Every_example_of_the_document_is_understood()
    {
        using var caller = await host.NewTenantAsync();
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        string[] inOrder = ["/v1/meters", "/v1/plans", "/v1/customers", "/v1/subscriptions", "/v1/devices", "/v1/devices/batch", "/v1/jobs",
            "/v1/events", "/v1/usage/corrections", "/v1/quotes", "/v1/audit"];
        foreach (var path in inOrder)
        {
            var example = document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody")
                .GetProperty("content").GetProperty("application/json").GetProperty("example");
            var answer = await caller.PostAsync(path, example.GetRawText());
            Assert.True(answer.Status is 200 or 201 or 202, $"{path}: {answer.Status} {answer.Body}");
        }
    }

    [Fact]
    public async Task The_schema_of_plans_is_that_of_the_source()
    {
        var answer = await host.Operator.GetAsync("/schemas/plan.json");
        Assert.Equal((200, "application/schema+json"), (answer.Status, answer.Type));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", answer.Text("$schema"));
        Assert.Equal(
            "ISO 4217 code of every amount in the plan, and of all its customers.", answer.Json.GetProperty("$defs").GetProperty("plan")
                .GetProperty("properties").GetProperty("currency").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Money_and_times_are_documented_as_the_strings_they_are()
    {
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var line = schemas.GetProperty("InvoiceLine").GetProperty("properties");
        Assert.Equal("string", line.GetProperty("amount").GetProperty("type").GetString());
        Assert.Equal("date-time", line.GetProperty("periodStart").GetProperty("format").GetString());
        var tenant = schemas.GetProperty("TenantAnswer");
        Assert.DoesNotContain("key", tenant.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        var grace = tenant.GetProperty("properties").GetProperty("grace");
        Assert.Equal("duration", grace.GetProperty("format").GetString());
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Braces();
}
