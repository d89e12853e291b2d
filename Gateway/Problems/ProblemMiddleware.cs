using OrleansBilling.Gateway.Rpc;

namespace OrleansBilling.Gateway.Problems;

/// <summary>The one place that turns exceptions and bare error statuses into problems.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : 499;
            return;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error);
            return;
        }
        if (IsBareError(context.Response) && !RpcStatus.IsRpc(context.Request))
        {
            await ProblemWriter.WriteAsync(context, ProblemMapping.OfStatus(context.Response.StatusCode));
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var problem = ProblemMapping.Of(error);
        if (problem.Status == 503)
        {
            Unavailable(log, context.Request.Method, context.Request.Path, error.Message);
        }
        else if (problem.Status >= 500)
        {
            Failed(log, error, context.Request.Method, context.Request.Path);
        }
        context.Response.Clear();
        await (RpcStatus.IsRpc(context.Request)
            ? RpcStatus.WriteAsync(context.Response, problem)
            : ProblemWriter.WriteAsync(context, problem));
    }

    private static bool IsBareError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && response.ContentLength is null or 0;

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception error, string method, PathString path);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} answered 503: {Reason}")]
    private static partial void Unavailable(ILogger log, string method, PathString path, string reason);
}
