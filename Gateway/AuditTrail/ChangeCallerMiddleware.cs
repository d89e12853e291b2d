using System.Diagnostics;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Idempotency;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>
/// Says to whatever a changing call reaches who is calling, for the audit trail. What needs the scope <c>ingest</c> (usage, reservations) is not
/// audited: the log of usage is its own record, and it would cost on every event.
/// </summary>
/// <remarks>After authorization, so that a refused call says nothing.</remarks>
internal sealed class ChangeCallerMiddleware(RequestDelegate next)
{
    private const string RequestIdHeader = "X-Request-Id";
    private const int LongestRequestId = 128;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is ApiKeyPrincipal caller && context.GetEndpoint() is { } endpoint && Changes(endpoint, context.Request.Method)
            && endpoint.Metadata.GetMetadata<OperationDoc>() is { } operation)
        {
            CallerOf(context, caller, OperationNames.Of(operation.Summary)).Announce();
        }
        return next(context);
    }

    private static bool Changes(Endpoint endpoint, string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !KeyAccess.Needed(endpoint, method).HasFlag(KeyScopes.Ingest);

    private static ChangeCaller CallerOf(HttpContext context, ApiKeyPrincipal caller, string operation)
    {
        var token = caller as TokenPrincipal;
        return new(
            operation, token?.Subject is null ? caller.Key.Id() : null, token?.Subject, token?.Issuer, caller.Key.Customer, caller.Key.Tenant,
            caller.Key.Operator, RequestId(context.Request), context.Request.Headers[IdempotencyMiddleware.Header].FirstOrDefault());
    }

    /// <summary>As the caller calls it; else as its trace does (W3C Trace Context).</summary>
    private static string? RequestId(HttpRequest request) =>
        request.Headers[RequestIdHeader] is [{ Length: > 0 and <= LongestRequestId } given] && given.All(c => c is >= ' ' and <= '~')
            ? given
            : Activity.Current is { IdFormat: ActivityIdFormat.W3C } trace ? trace.TraceId.ToHexString() : null;
}
