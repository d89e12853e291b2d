using Microsoft.Net.Http.Headers;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>An entity with its <c>ETag</c>: 200, or 304 when the caller has it already.</summary>
internal sealed class EntityResult<T>(T entity) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = new EntityTagHeaderValue($"\"{EntityTag.Of(entity)}\"");
        httpContext.Response.Headers.ETag = tag.ToString();
        return Conditions.IsKnown(httpContext.Request, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified).ExecuteAsync(httpContext)
            : Results.Json(entity, ApiJson.Options).ExecuteAsync(httpContext);
    }
}
