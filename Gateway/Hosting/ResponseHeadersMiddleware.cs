using Microsoft.Net.Http.Headers;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>Headers of every answer, as OWASP's REST Security Cheat Sheet has them: bills stay out of caches, browsers guess nothing.</summary>
/// <remarks>They are set when the answer starts, so that one that was begun anew as a problem has them too.</remarks>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next)
{
    /// <summary>What is not meant to be looked at may load, run and be framed by nothing; pages of the API say more in their place.</summary>
    private const string NothingAllowed = "default-src 'none'; frame-ancestors 'none'";

    private const string AYear = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = AYear;
        }
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, NothingAllowed);
        }
        return Task.CompletedTask;
    }
}
