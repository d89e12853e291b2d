using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Oidc;

/// <summary>A host that takes the tokens of an issuer, with a furnished tenant <c>acme</c>.</summary>
public sealed class OidcHost : IAsyncLifetime
{
    internal TestIssuer Issuer { get; private set; } = null!;

    /// <summary>The host.</summary>
    public SiloProcess Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Silo = new(new Dictionary<string, string>
        {
            ["Gateway__Oidc__Authority"] = Issuer.Url,
            ["Gateway__Oidc__Audience"] = "billing",
            ["Gateway__Outgoing__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Gateway__Oidc__CustomerClaim"] = "billing_customer",
            ["Gateway__Oidc__Rights__billing"] = "billing-team",
            ["Gateway__Oidc__Rights__operator"] = "billing-operators",
        });
        await Silo.StartAsync();
        using var operators = new Caller(Silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        var key = (await operators.CreateAsync("/v1/tenants", """{ "id": "acme", "testClock": { "now": "2012-06-03T00:00:00Z" } }""")).Text("key");
        using var acme = new Caller(Silo.Client(key), key);
        await HostFixture.FurnishAsync(acme);
        await acme.CreateAsync("/v1/customers", """{ "id": "c-2", "name": "Other", "currency": "EUR" }""");
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>A token of a person of <c>acme</c>, with these claims changed; null takes one away.</summary>
    internal string Token(string scope, params (string Name, object? Value)[] changes) => Issuer.Token(Claims(scope, changes));

    internal Dictionary<string, object?> Claims(string scope, params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer.Url, ["aud"] = "billing", ["sub"] = "ada", ["tenant"] = "acme", ["scope"] = scope, ["exp"] = In(300),
        };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }
        return claims;
    }

    internal static long In(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

    internal Caller With(string token) => new(Silo.Client(token), token);
}
