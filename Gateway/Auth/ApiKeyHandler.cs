using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Authenticates <c>Authorization: Bearer KEY</c> and HTTP Basic with the key as password.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyCache keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }
        var key = KeyOf(header);
        var principal = key is null ? null : await keys.FindAsync(key);
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

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var problem = Context.User is ApiKeyPrincipal caller
            ? KeyAccess.Refusal(Context.GetEndpoint(), Request.Method, caller.Key) ?? Problem.Forbidden()
            : Problem.Forbidden();
        return RpcStatus.IsRpc(Request) ? RpcStatus.WriteAsync(Response, problem) : ProblemWriter.WriteAsync(Context, problem);
    }

    private string? KeyOf(string header)
    {
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }
        return header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && !ComesFromAnotherSite()
            ? Password(header[Basic.Length..].Trim())
            : null;
    }

    /// <summary>A browser sends remembered Basic credentials with whatever another site makes it do.</summary>
    private bool ComesFromAnotherSite() =>
        !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method)
        && Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static string? Password(string encoded)
    {
        Span<byte> bytes = stackalloc byte[ApiKey.MaxLength * 2];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
