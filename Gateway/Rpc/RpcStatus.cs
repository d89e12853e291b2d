using System.Globalization;
using Grpc.Core;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>gRPC answers given outside of gRPC's own pipeline.</summary>
internal static class RpcStatus
{
    public static bool IsRpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    public static Task WriteUnauthenticatedAsync(HttpResponse response) => WriteAsync(
        response, StatusCode.Unauthenticated, "Send the API key in the metadata: authorization: Bearer KEY");

    /// <summary>For what failed before gRPC's own pipeline began, such as looking up the key.</summary>
    public static Task WriteAsync(HttpResponse response, ApiProblem problem) => WriteAsync(
        response,
        problem.Status switch { 403 => StatusCode.PermissionDenied, 503 => StatusCode.Unavailable, _ => StatusCode.Internal },
        problem.Status == 403 ? $"{problem.Code}: {problem.Detail}" : problem.Detail);

    /// <summary>A whole answer in the headers, as gRPC wants a call refused before it began.</summary>
    private static Task WriteAsync(HttpResponse response, StatusCode code, string message)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        return response.CompleteAsync();
    }
}
