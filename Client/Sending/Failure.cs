using Grpc.Core;

namespace OrleansBilling.Client.Sending;

/// <summary>Which failures of a stream pass by themselves.</summary>
internal static class Failure
{
    /// <summary>Whether sending the same again may succeed. What is not known to be in vain is tried again: events are identified.</summary>
    public static bool MayPass(StatusCode status) => status is not (
        StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.InvalidArgument or StatusCode.Unimplemented
        or StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.OutOfRange or StatusCode.AlreadyExists or StatusCode.DataLoss);

    /// <summary>What the caller is told of a failure that does not.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        RpcException { StatusCode: StatusCode.Unauthenticated } => "The server does not know the API key, or no longer: report with another key.",
        RpcException { StatusCode: StatusCode.PermissionDenied } => "The API key may not report usage: it needs the scope 'ingest'.",
        RpcException rpc => $"The server refuses the usage with {rpc.StatusCode}: {rpc.Status.Detail}",
        _ => $"Reporting failed: {failure.Message}",
    };
}
