using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Authenticates <c>Authorization: Bearer KEY</c> and HTTP Basic with the key as password; a portal token is shown like a key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyCache keys,
    PortalTokens portal)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }
        var key = PresentedKey.Of(Request);
        var principal = key is null ? null
            : PortalToken.HasForm(key) ? await portal.FindAsync(key)
            : await keys.FindAsync(key);
        return principal is null
            ? AuthenticateResult.Fail("Unknown key.")
            : AuthenticateResult.Success(new(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (RpcStatus.IsRpc(Request))
        {
            return RpcStatus.WriteUnauthenticatedAsync(Response);
        }
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer realm=\"OrleansBilling\"");
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"OrleansBilling\", charset=\"UTF-8\"");
        return ProblemWriter.WriteAsync(Context, Problem.Unauthenticated());
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
