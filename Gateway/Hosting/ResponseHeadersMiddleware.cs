namespace OrleansBilling.Gateway.Hosting;

/// <summary>Headers of every answer: bills stay out of caches, and browsers guess nothing.</summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "SAMEORIGIN";
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
        }
        return next(context);
    }
}
