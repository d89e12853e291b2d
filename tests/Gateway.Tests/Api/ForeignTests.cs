using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>
/// Every operation that names something, called for what exists but is somebody else's, and for what does not exist: nobody can tell one
/// from the other. Operations come from the server's own document, so that a new one is called, too.
/// </summary>
[Collection(HostCollection.Name)]
public sealed partial class ForeignTests(HostFixture host)
{
    /// <summary>What the first tenant has, by the name of the parameter; in an address, <c>id</c> is that of its collection.</summary>
    private static readonly Dictionary<string, string> Existing = new()
    {
        ["meters"] = "energy", ["plans"] = "home", ["customers"] = "c-1", ["subscriptions"] = "s-1", ["devices"] = "meter-17",
        ["re-ratings"] = "june", ["wallet"] = "main", ["grant"] = "g-1", ["agreement"] = "frame", ["migration"] = "move", ["change"] = "later",
        ["charge"] = "energy", ["event"] = "e-1", ["reservation"] = "r-1", ["kind"] = "imsi", ["value"] = "262011234567890", ["n"] = "1",
    };

    [Fact]
    public async Task Another_tenants_things_are_as_absent_as_what_does_not_exist()
    {
        using var owner = await host.NewHomeAsync();
        var existing = await FurnishAsync(owner);
        using var stranger = await host.NewTenantAsync();
        foreach (var (operation, body) in await OperationsAsync())
        {
            var refused = await SameAsync(stranger, operation, body, existing);
            Assert.True(refused.Status is >= 400 and < 500, $"{operation}: {refused.Status} {refused.Body}");
        }
    }

    [Fact]
    public async Task To_a_key_of_one_customer_another_customers_things_are_as_absent_as_what_does_not_exist()
    {
        using var owner = await host.NewHomeAsync();
        var existing = await FurnishAsync(owner);
        await owner.CreateAsync("/v1/customers", """{ "id": "c-2", "name": "Charles", "currency": "EUR" }""");
        using var other = await KeyOfAsync(owner, "c-2");
        using var own = await KeyOfAsync(owner, "c-1");
        var mine = 0;
        foreach (var (operation, body) in await OperationsAsync())
        {
            var refused = await SameAsync(other, operation, body, existing);
            Assert.True(refused.Status is 403 or 404, $"{operation}: {refused.Status} {refused.Body}");
            var (status, text) = await StatusAsync(own, operation, body, existing);
            Assert.True(
                refused.Status == 403 ? status == 403 : status is not 401 and not 403 && (status != 404 || !text.Contains("'c-1'", StringComparison.Ordinal)),
                $"{operation} of the customer itself: {status} {text}");
            mine += refused.Status == 404 ? 1 : 0;
        }
        Assert.True(mine >= 16, $"A customer's key reaches {mine} operations.");
    }

    /// <summary>Asks for what exists and for what does not; the answers differ in nothing but the name that was asked for.</summary>
    private static async Task<Answer> SameAsync(Caller caller, string operation, string body, Dictionary<string, string> existing)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var theirs = Address(path, name => existing[name]);
        var nothing = Address(path, name => name is "n" or "kind" ? existing[name] : Absent(existing[name]));
        var (found, absent) = (await CallAsync(caller, method, theirs, body), await CallAsync(caller, method, nothing, body));
        Assert.True(
            found.Status == absent.Status && Neutral(found, theirs) == Neutral(absent, nothing),
            $"{operation}\n{found.Status} {found.Body}\n{absent.Status} {absent.Body}");
        return found;
    }

    private static async Task<(int Status, string Body)> StatusAsync(
        Caller caller, string operation, string body, Dictionary<string, string> existing)
    {
        using var request = Request(operation.Split(' ')[0], Address(operation.Split(' ')[1], name => existing[name]), body);
        // A feed that is live does not end.
        using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync());
    }

    private static Task<Answer> CallAsync(Caller caller, string method, string address, string body) =>
        caller.SendAsync(Request(method, address, body));

    private static HttpRequestMessage Request(string method, string address, string body) => new(new HttpMethod(method), address)
    {
        Content = method == "post" ? new StringContent(body, System.Text.Encoding.UTF8, "application/json") : null,
    };

    private static string Address(string path, Func<string, string> value) =>
        Parameter().Replace(path, found => value(found.Groups[2].Value == "id" ? found.Groups[1].Value : found.Groups[2].Value));

    /// <summary>Of the same form and length.</summary>
    private static string Absent(string existing) => new([.. existing.Select((c, i) => i == 0 || !char.IsAsciiLetterOrDigit(c) ? c : char.IsDigit(c) ? '7' : 'q')]);

    private static string Neutral(Answer answer, string address)
    {
        var text = TraceId().Replace(answer.Body, "");
        foreach (var part in address.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2))
        {
            text = text.Replace($"'{part}'", "'?'", StringComparison.Ordinal).Replace($"/{part}", "/?", StringComparison.Ordinal)
                .Replace($" {part}'", " ?'", StringComparison.Ordinal);
        }
        return $"{answer.Type} {text}";
    }

    private async Task<Dictionary<string, string>> OperationsAsync()
    {
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        return document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.Contains('{', StringComparison.Ordinal) && !path.Name.StartsWith("/v1/tenants/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", Body: Example(method.Value))))
            .ToDictionary(pair => pair.Name, pair => pair.Body);
    }

    private static string Example(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("example", out var example) ? example.GetRawText() : "{}";

    private async Task<Caller> KeyOfAsync(Caller owner, string customer)
    {
        var key = (await owner.CreateAsync("/v1/keys", $$"""{ "scopes": ["read"], "customer": "{{customer}}" }""")).Text("key");
        return new(host.Silo.Client(key), key);
    }

    /// <summary>One of everything that an address can name.</summary>
    private static async Task<Dictionary<string, string>> FurnishAsync(Caller owner)
    {
        await owner.ReportAsync("e-1", "10");
        await owner.CreateAsync("/v1/customers/c-1/wallets", """{ "id": "main", "currency": "EUR" }""");
        await owner.CreateAsync("/v1/customers/c-1/wallets/main/grants", """{ "id": "g-1", "kind": "paid", "amount": "5.00" }""");
        await owner.CreateAsync("/v1/customers/c-1/agreements", """{ "id": "frame", "minimum": { "amount": "1" }, "from": "2012-08-01T00:00:00Z" }""");
        await owner.CreateAsync("/v1/devices/meter-17/identifiers", """{ "kind": "imsi", "value": "262011234567890", "from": "2012-06-01T00:00:00Z" }""");
        await owner.CreateAsync("/v1/devices/meter-17/reservations", """{ "id": "r-1", "meter": "energy", "quantity": "5" }""");
        await owner.CreateAsync("/v1/plans", """
            { "id": "home", "name": "Home", "currency": "EUR", "charges": [
              { "id": "base", "name": "Base fee", "kind": "recurring", "model": "flat", "amount": "9.00" },
              { "id": "energy", "name": "Energy", "meter": "energy", "model": "perUnit", "unitPrice": "0.30" } ] }
            """);
        await owner.CreateAsync("/v1/plans/home/migrations", """{ "id": "move", "fromVersion": 1, "toVersion": 2 }""");
        await owner.CreateAsync("/v1/subscriptions/s-1/changes", """{ "id": "later", "plan": "home", "planVersion": 2, "when": "periodEnd" }""");
        Assert.Equal(200, (await owner.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T12:00:00Z" }""")).Status);
        await owner.CreateAsync("/v1/re-ratings", """
            { "id": "june", "plan": "home", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z", "to": "2012-07-01T00:00:00Z" }
            """);
        return new(Existing)
        {
            ["invoices"] = (await owner.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/id"),
            ["keys"] = (await owner.GetAsync("/v1/keys")).Text("items/0/id"),
        };
    }

    [GeneratedRegex(@"(?<=([a-z-]*)/)\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("\"traceId\":\"[^\"]*\",?")]
    private static partial Regex TraceId();
}
