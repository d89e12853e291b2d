using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Answers to callers who are known and may not.</summary>
internal static class Refusals
{
    public static Task ForbidAsync(HttpContext context)
    {
        var problem = context.User is ApiKeyPrincipal caller
            ? KeyAccess.Refusal(context.GetEndpoint(), context.Request.Method, caller.Key) ?? Problem.Forbidden()
            : Problem.Forbidden();
        return RpcStatus.IsRpc(context.Request) ? RpcStatus.WriteAsync(context.Response, problem) : ProblemWriter.WriteAsync(context, problem);
    }
}
