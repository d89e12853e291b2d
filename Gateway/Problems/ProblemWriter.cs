using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace OrleansBilling.Gateway.Problems;

/// <summary>Writes a problem as the answer to a request.</summary>
internal static class ProblemWriter
{
    /// <summary>The response must not have started.</summary>
    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ApiProblem.MediaType;
        response.ContentLength = null;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        if (problem is { Status: 415, Allowed: { } allowed })
        {
            response.Headers[HeaderNames.Accept] = allowed;
        }
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }
        await using (var json = new Utf8JsonWriter(response.BodyWriter, ReadableJson.Options))
        {
            var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            problem.WriteTo(json, problem.Status >= 500 ? trace : null);
        }
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
