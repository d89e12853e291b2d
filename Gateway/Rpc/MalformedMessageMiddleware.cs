using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>
/// Gives a call whose only message cannot be read the status that says so, and logs what is a fault of ours: gRPC's own pipeline
/// would log both as errors, and knows no place between them.
/// </summary>
internal sealed partial class MalformedMessageMiddleware(RequestDelegate next, ILogger<MalformedMessageMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.Features.Get<IServerCallContextFeature>()?.ServerCallContext.Status is { StatusCode: StatusCode.Unknown or StatusCode.Internal } ended)
        {
            Judge(context, ended);
        }
    }

    private void Judge(HttpContext context, Status ended)
    {
        var error = ended.DebugException ?? new RpcException(ended);
        if (!MalformedMessages.HasBegun(context) && MalformedMessages.StatusOf(error) is { } malformed)
        {
            var headers = context.Response.HasStarted
                ? context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
                : context.Response.Headers;
            headers["grpc-status"] = ((int)malformed.StatusCode).ToString(CultureInfo.InvariantCulture);
            headers["grpc-message"] = Uri.EscapeDataString(malformed.Detail);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            Failed(log, error, context.Request.Path);
        }
    }

    [LoggerMessage(LogLevel.Error, "gRPC {Path} failed")]
    private static partial void Failed(ILogger log, Exception error, PathString path);
}
