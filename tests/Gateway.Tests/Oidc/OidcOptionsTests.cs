using Microsoft.Extensions.Configuration;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Outgoing;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Oidc;

public sealed class OidcOptionsTests
{
    [Fact]
    public void Without_an_issuer_no_tokens_are_taken() => Assert.Null(Read(("Audience", "billing")));

    [Fact]
    public void The_settings_of_an_issuer_are_read()
    {
        var options = Read(("Authority", "https://login.example/realm"), ("Audience", "billing"), ("Rights:read", "viewers"))!;
        Assert.Equal(("billing", "tenant", "scope", "viewers"), (options.Audience, options.TenantClaim, options.RightsClaim, options.Rights["read"]));
    }

    [Theory]
    [InlineData("Audience", "https://login.example", null, null)]
    [InlineData("https://", "http://login.example", "billing", null)]
    [InlineData("https://", "login.example", "billing", null)]
    [InlineData("Rights:write", "https://login.example", "billing", "write")]
    public void A_setting_that_is_missing_or_unsafe_is_named(string named, string authority, string? audience, string? right)
    {
        var refused = Assert.Throws<GatewayConfigurationException>(() =>
            Read(("Authority", authority), ("Audience", audience), ($"Rights:{right ?? "read"}", "x")));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_on_this_machine_needs_its_network_allowed()
    {
        (string, string?)[] settings = [("Authority", "http://localhost:8080/realm"), ("Audience", "billing")];
        var refused = Assert.Throws<GatewayConfigurationException>(() => Read(settings));
        Assert.Contains("Gateway:Outgoing:AllowedNetworks", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(Read("127.0.0.0/8", settings));
    }

    private static OidcOptions? Read(params (string Name, string? Value)[] settings) => Read(null, settings);

    private static OidcOptions? Read(string? allowed, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings
            .Select(s => KeyValuePair.Create($"{OidcOptions.Section}:{s.Name}", s.Value))
            .Append(KeyValuePair.Create($"{OutgoingOptions.Section}:AllowedNetworks:0", allowed))).Build();
        return OidcOptions.From(configuration, OutgoingOptions.From(configuration));
    }
}
