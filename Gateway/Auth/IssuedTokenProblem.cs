using Microsoft.IdentityModel.Tokens;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Auth;

/// <summary>What is wrong with a token, for whoever shows it; nothing of the token is repeated.</summary>
internal static class IssuedTokenProblem
{
    public static ApiProblem Of(Exception error) => error switch
    {
        AggregateException { InnerException: { } inner } => Of(inner),
        SecurityTokenExpiredException => Refused("expired", "The token has expired; get a new one from the issuer."),
        SecurityTokenNotYetValidException => Refused("not_yet_valid", "The token is not valid yet; compare the clocks."),
        SecurityTokenNoExpirationException => Refused("without_end", "The token has no 'exp'; only tokens that end are taken."),
        SecurityTokenInvalidAudienceException => Refused("audience", "The token is for another audience than this service."),
        SecurityTokenInvalidIssuerException => Refused("issuer", "The token is of another issuer than the one that is configured."),
        SecurityTokenMalformedException or ArgumentException => Refused("malformed", "The token cannot be read."),
        SecurityTokenException => Refused("signature",
            "The token is not signed by a key of the issuer with RS, PS or ES 256, 384 or 512. After a change of its keys try again in a moment."),
        _ when UsageUnavailable.Is(error) => Problem.Unavailable(),
        _ => IssuerUnavailable(),
    };

    public static ApiProblem IssuerUnavailable() => new(503, "auth.issuer_unavailable",
        "The issuer's metadata cannot be had now, so that no token can be checked. API keys work.")
    {
        RetryAfterSeconds = 5,
    };

    public static ApiProblem Refused(string what, string detail) => new(401, $"auth.token_{what}", detail);

    /// <summary>The token is good, and opens nothing here.</summary>
    public static ApiProblem Useless(string what, string detail) => new(403, $"auth.token_{what}", detail);
}
