using System.Globalization;
using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Host;

namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>
/// A tenant with one of everything that has an address, and every kind of key that may ask for it. What is its own is named with
/// <c>-own</c>, so that a request for something absent is the same text with <c>-nil</c>.
/// </summary>
internal sealed partial class AccessWorld : IDisposable
{
    private static readonly string[] ScopeNames = ["ingest", "read", "devices", "billing", "admin"];

    private readonly Dictionary<string, string> _given = [];
    private readonly HostFixture _host;

    private AccessWorld(HostFixture host, Caller owner) => (_host, Owner) = (host, owner);

    /// <summary>The tenant's own key, which may do everything in it.</summary>
    public Caller Owner { get; }

    /// <summary>The key of another tenant, in which there is none of it.</summary>
    public Caller Stranger { get; private set; } = null!;

    /// <summary>A key of the customer <c>c-own</c>.</summary>
    public Caller Customer { get; private set; } = null!;

    /// <summary>A key of another customer of the tenant.</summary>
    public Caller OtherCustomer { get; private set; } = null!;

    /// <summary>A portal token of the customer <c>c-own</c>.</summary>
    public Caller Portal { get; private set; } = null!;

    /// <summary>A portal token of another customer of the tenant.</summary>
    public Caller OtherPortal { get; private set; } = null!;

    /// <summary>A key that was taken away.</summary>
    public Caller Revoked { get; private set; } = null!;

    /// <summary>No key at all.</summary>
    public Caller Nobody { get; private set; } = null!;

    /// <summary>A key for each scope.</summary>
    public Dictionary<string, Caller> Scoped { get; } = [];

    public static async Task<AccessWorld> MakeAsync(HostFixture host)
    {
        var world = new AccessWorld(host, await host.NewTenantAsync());
        world.Stranger = await host.NewTenantAsync();
        foreach (var (path, body) in AccessFurniture.InBoth)
        {
            await DoAsync(world.Stranger, path, body);
            await DoAsync(world.Owner, path, body);
        }
        await world.FurnishAsync();
        world.Nobody = new(host.Silo.Client(null), "");
        world.Customer = (await world.KeyAsync("""{ "scopes": ["read"], "customer": "c-own" }""")).Caller;
        world.OtherCustomer = (await world.KeyAsync("""{ "scopes": ["read"], "customer": "other" }""")).Caller;
        world.Portal = await world.PortalAsync("c-own");
        world.OtherPortal = await world.PortalAsync("other");
        foreach (var scope in ScopeNames)
        {
            world.Scoped[scope] = (await world.KeyAsync($$"""{ "scopes": ["{{scope}}"] }""")).Caller;
        }
        var (revoked, id) = await world.KeyAsync("""{ "scopes": ["admin"] }""");
        await DoAsync(world.Owner, $"/v1/keys/{id}/revoke", "");
        world.Revoked = revoked;
        return world;
    }

    /// <summary>The text with the ids that the server gave.</summary>
    public string Own(string text) => _given.Aggregate(text, (all, pair) => all.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    /// <summary>The text with ids of the same form that nothing has.</summary>
    public string Absent(string text) => Masked(Own(text));

    /// <summary>An answer in which what exists is called like what does not.</summary>
    public string Masked(string text) => _given.Values.Aggregate(
        SubmittedAt().Replace(text, "").Replace("-own", "-nil", StringComparison.Ordinal).Replace("-OWN", "-NIL", StringComparison.Ordinal),
        (all, id) => all.Replace(id, AbsentId(id), StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var caller in Scoped.Values.Concat([Owner, Stranger, Customer, OtherCustomer, Portal, OtherPortal, Revoked, Nobody]))
        {
            caller?.Dispose();
        }
    }

    /// <summary>Jobs have times of the wall clock.</summary>
    [GeneratedRegex("\"(submittedAt|startedAt|endedAt)\":\"[^\"]*\",?")]
    private static partial Regex SubmittedAt();

    private static string AbsentId(string id) => $"{id[..^1]}{(id[^1] == '0' ? '9' : '0')}";

    private async Task FurnishAsync()
    {
        foreach (var (path, body) in AccessFurniture.Own)
        {
            await DoAsync(Owner, path, body);
        }
        _given["{invoice}"] = (await Owner.GetAsync("/v1/customers/c-own/invoices")).Text("items/0/id");
        await DoAsync(Owner, "/v1/customers/c-own/payments", """{ "id": "paid-own", "amount": "1000.00" }""");
        var note = await Owner.CreateAsync(
            $"/v1/invoices/{_given["{invoice}"]}/credit-notes", """{ "id": "note-own", "reason": "x", "lines": [ { "line": 1, "amount": "0.50" } ] }""");
        _given["{note}"] = note.Text("id");
        _given["{tenant}"] = (await Owner.GetAsync("/v1/tenants")).Text("items/0/id");
        foreach (var name in new[] { "{key-a}", "{key-b}", "{key-c}", "{key-d}" })
        {
            _given[name] = (await KeyAsync("""{ "scopes": ["read"] }""")).Id;
        }
        _given["{entry}"] = (await Owner.GetAsync("/v1/audit-trail?kind=key&limit=1")).Text("items/0/id");
    }

    private static async Task DoAsync(Caller caller, string path, string body)
    {
        var answer = path.StartsWith("put ", StringComparison.Ordinal) ? await caller.PutAsync(path[4..], body) : await caller.PostAsync(path, body);
        if (answer.Status is not (200 or 201 or 202) || answer.Body.Contains("\"rejected\":1", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{path} {body}: {answer.Status} {answer.Body}"));
        }
    }

    private async Task<Caller> PortalAsync(string customer)
    {
        var token = (await Owner.CreateAsync("/v1/portal-tokens", $$"""{ "customer": "{{customer}}" }""")).Text("token");
        return new(_host.Silo.Client(token), token);
    }

    private async Task<(Caller Caller, string Id)> KeyAsync(string body)
    {
        var made = await Owner.CreateAsync("/v1/keys", body);
        return (new(_host.Silo.Client(made.Text("key")), made.Text("key")), made.Text("id"));
    }
}
