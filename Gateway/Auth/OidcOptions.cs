using System.Net;
using OrleansBilling.Gateway.Outgoing;

namespace OrleansBilling.Gateway.Auth;

/// <summary>
/// The OpenID Connect issuer whose tokens people show, and what its claims mean here; from the section <c>Gateway:Oidc</c>. Without an
/// authority or metadata address no tokens are taken.
/// </summary>
public sealed class OidcOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Gateway:Oidc";

    /// <summary>Address of the issuer; its metadata is below <c>/.well-known/openid-configuration</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>Address of the metadata, where it is another one.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>What tokens for this service have as audience.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim with the id of the tenant.</summary>
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>Claim with what the person may do: a list, or a text with spaces.</summary>
    public string RightsClaim { get; set; } = "scope";

    /// <summary>Claim with the one customer whose data the person may read; null where no token is about one.</summary>
    public string? CustomerClaim { get; set; }

    /// <summary>
    /// Which value of the claim gives which scope, by scope; a scope that is not listed is given by its own name. <c>operator</c> is given
    /// only where it is listed.
    /// </summary>
    public Dictionary<string, string> Rights { get; set; } = [];

    /// <summary>The settings; null when there is no issuer.</summary>
    /// <exception cref="GatewayConfigurationException">A setting is missing or wrong.</exception>
    internal static OidcOptions? From(IConfiguration configuration, OutgoingOptions outgoing)
    {
        var options = configuration.GetSection(Section).Get<OidcOptions>();
        if (options is null || (string.IsNullOrEmpty(options.Authority) && string.IsNullOrEmpty(options.MetadataAddress)))
        {
            return null;
        }
        if (string.IsNullOrEmpty(options.Audience))
        {
            throw new GatewayConfigurationException(
                $"{Section}:Audience is missing; write what the issuer puts into 'aud' of tokens for this service. Without it a token for "
                + "any other service would be taken.");
        }
        foreach (var address in new[] { options.Authority, options.MetadataAddress }.OfType<string>())
        {
            RequireSafe(address, outgoing);
        }
        foreach (var scope in options.Rights.Keys.Where(name => name != GatewayPolicies.Operator && ScopeText.Parse(name) == 0))
        {
            throw new GatewayConfigurationException(
                $"{Section}:Rights:{scope} names no scope; there are {ScopeText.All}, {GatewayPolicies.Operator}.");
        }
        return options;
    }

    /// <summary>Whoever could change the metadata on its way could issue tokens.</summary>
    private static void RequireSafe(string address, OutgoingOptions outgoing)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            throw new GatewayConfigurationException(
                $"{Section} has the address '{address}'; write an https:// address (http:// only on this machine).");
        }
        if (uri.IsLoopback && !outgoing.IsAllowed(IPAddress.Loopback) && !outgoing.IsAllowed(IPAddress.IPv6Loopback))
        {
            throw new GatewayConfigurationException(
                $"{Section} has the address '{address}', which is on this machine; allow calls to it by "
                + $"{OutgoingOptions.Section}:AllowedNetworks:0=127.0.0.0/8.");
        }
    }
}
