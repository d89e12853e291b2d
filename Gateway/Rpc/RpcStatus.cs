using System.Globalization;
using Grpc.Core;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>gRPC answers given outside of gRPC's own pipeline.</summary>
internal static class RpcStatus
{
    /// <summary>How long a client that retries by itself is to wait (gRFC A6).</summary>
    public const string Pushback = "grpc-retry-pushback-ms";

    public static bool IsRpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    public static Task WriteUnauthenticatedAsync(HttpResponse response) => WriteAsync(
        response, StatusCode.Unauthenticated, "Send the API key in the metadata: authorization: Bearer KEY");

    /// <summary>For what failed before gRPC's own pipeline began, such as looking up the key.</summary>
    public static Task WriteAsync(HttpResponse response, ApiProblem problem)
    {
        if (problem.RetryAfterSeconds is not null)
        {
            response.Headers[Pushback] = Milliseconds(problem);
        }
        return WriteAsync(response, Code(problem), problem.Status is 401 or 403 or 429 ? $"{problem.Code}: {problem.Detail}" : problem.Detail);
    }

    /// <summary>RESOURCE_EXHAUSTED within a call, with the wait that gRPC clients obey when they retry.</summary>
    public static RpcException Limited(ApiProblem problem) => new(
        new(StatusCode.ResourceExhausted, $"{problem.Code}: {problem.Detail}"), new Metadata { { Pushback, Milliseconds(problem) } });

    /// <summary>A whole answer in the headers, as gRPC wants a call refused before it began.</summary>
    private static Task WriteAsync(HttpResponse response, StatusCode code, string message)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        return response.CompleteAsync();
    }

    private static StatusCode Code(ApiProblem problem) => problem.Status switch
    {
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        429 => StatusCode.ResourceExhausted,
        503 => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };

    private static string Milliseconds(ApiProblem problem) =>
        ((problem.RetryAfterSeconds ?? 1) * 1000L).ToString(CultureInfo.InvariantCulture);
}
