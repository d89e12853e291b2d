using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Gateway.Clustering;
using OrleansBilling.Gateway.Outgoing;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Who may call: holders of API keys and portal tokens, and people with a token of the configured issuer.</summary>
internal static class CallerAuthentication
{
    /// <summary>Adds authentication and authorization.</summary>
    /// <exception cref="GatewayConfigurationException">A setting of the issuer is missing or wrong.</exception>
    public static void AddCallerAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        var allowed = OutgoingOptions.From(configuration);
        var (issuer, outgoing) = (OidcOptions.From(configuration, allowed), new OutgoingClients(allowed));
        services.AddSingleton(outgoing);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ClusterChanges>();
        services.AddSingleton<KeyCache>().AddSingleton<PortalTokens>().AddSingleton<KnownTenants>();
        var authentication = services.AddAuthentication(GatewayPolicies.Scheme)
            .AddPolicyScheme(GatewayPolicies.Scheme, null, scheme => scheme.ForwardDefaultSelector =
                context => issuer is not null && IssuedToken.IsShown(context.Request) ? GatewayPolicies.TokenScheme : GatewayPolicies.KeyScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(GatewayPolicies.KeyScheme, null);
        if (issuer is not null)
        {
            services.AddSingleton(issuer).AddSingleton<IssuedTokenCaller>();
            authentication.AddJwtBearer(GatewayPolicies.TokenScheme, bearer => IssuedToken.Configure(bearer, issuer, outgoing));
            services.PostConfigure<JwtBearerOptions>(GatewayPolicies.TokenScheme, IssuedToken.ForgetWithdrawnKeys);
        }
        services.AddAuthorization(GatewayPolicies.Add);
    }
}
