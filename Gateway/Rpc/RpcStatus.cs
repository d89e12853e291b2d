using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>gRPC answers given outside of gRPC's own pipeline.</summary>
internal static class RpcStatus
{
    public static bool IsRpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A whole answer in the headers, as gRPC wants a call refused before it began.</summary>
    public static Task WriteUnauthenticatedAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)StatusCode.Unauthenticated).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = "Send the API key in the metadata: authorization: Bearer KEY";
        return response.CompleteAsync();
    }
}
