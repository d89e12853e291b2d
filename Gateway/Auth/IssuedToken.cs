using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Outgoing;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Checks tokens (JWT, RFC 7519, as RFC 8725 wants it) and says precisely what is wrong with one.</summary>
internal static class IssuedToken
{
    private const string Bearer = "Bearer ";
    private const string Refused = "token refused";

    /// <summary>Only signatures with a private key: a public key is no secret that could have signed (RFC 8725, 2.1).</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>An unknown key id may make the gateway ask the issuer for its keys this often.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>After this long keys that the issuer has withdrawn are forgotten, whatever comes.</summary>
    private static readonly TimeSpan AskAnyway = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private const int LongestMetadata = 1024 * 1024;

    /// <summary>Whether the request shows something of the form of a token: three parts, of which the first begins a JSON object.</summary>
    public static bool IsShown(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && header.AsSpan(Bearer.Length).TrimStart() is var token && token.StartsWith("ey") && token.Count('.') == 2;
    }

    public static void Configure(JwtBearerOptions bearer, OidcOptions issuer, OutgoingClients outgoing)
    {
        bearer.Authority = issuer.Authority;
        bearer.MetadataAddress = issuer.MetadataAddress ?? bearer.MetadataAddress;
        // Addresses that are neither https nor on this machine were refused before.
        bearer.RequireHttpsMetadata = false;
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.RefreshOnIssuerKeyNotFound = true;
        bearer.RefreshInterval = AskAgainAfter;
        bearer.AutomaticRefreshInterval = AskAnyway;
        bearer.Backchannel = outgoing.Create(AnswerWithin, LongestMetadata);
        bearer.TokenValidationParameters = new()
        {
            ValidAudience = issuer.Audience,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuer = true,
            ValidateAudience = true,
            ValidateLifetime = true,
            ClockSkew = ClockSkew,
        };
        bearer.Events = new()
        {
            OnTokenValidated = ValidatedAsync,
            OnAuthenticationFailed = FailedAsync,
            OnChallenge = ChallengeAsync,
            OnForbidden = context => Refusals.ForbidAsync(context.HttpContext),
        };
    }

    /// <summary>By itself the library goes on taking keys that the issuer has withdrawn for an hour, as the last known to be good.</summary>
    public static void ForgetWithdrawnKeys(JwtBearerOptions bearer) =>
        ((BaseConfigurationManager)bearer.ConfigurationManager!).UseLastKnownGoodConfiguration = false;

    private static async Task ValidatedAsync(TokenValidatedContext context)
    {
        var callers = context.HttpContext.RequestServices.GetRequiredService<IssuedTokenCaller>();
        var (caller, problem) = await callers.OfAsync(context.Principal!, context.SecurityToken);
        if (problem is not null)
        {
            context.HttpContext.Items[Refused] = problem;
            context.Fail(problem.Detail);
            return;
        }
        context.Principal = caller;
    }

    private static async Task FailedAsync(AuthenticationFailedContext context)
    {
        context.HttpContext.Items[Refused] = await IsIssuerKnownAsync(context)
            ? IssuedTokenProblem.Of(context.Exception)
            : IssuedTokenProblem.IssuerUnavailable();
        context.Fail(context.Exception);
    }

    /// <summary>Without metadata every token seems to be of another issuer.</summary>
    private static async Task<bool> IsIssuerKnownAsync(AuthenticationFailedContext context)
    {
        try
        {
            return context.Exception is not SecurityTokenInvalidIssuerException
                || await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var problem = context.HttpContext.Items[Refused] as ApiProblem ?? Problem.Unauthenticated();
        if (RpcStatus.IsRpc(context.Request))
        {
            return RpcStatus.WriteAsync(context.Response, problem);
        }
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer realm=\"OrleansBilling\", error=\"invalid_token\"");
        }
        return ProblemWriter.WriteAsync(context.HttpContext, problem);
    }
}
