using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Limits;

/// <summary>Counts what keys ask for, also what they then may not do. Behind authentication: without a key there is nothing to count by.</summary>
internal sealed class LimitsMiddleware(RequestDelegate next, KeyRates rates, TenantCalls calls)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User is ApiKeyPrincipal caller ? CountAsync(context, caller) : next(context);

    private async Task CountAsync(HttpContext context, ApiKeyPrincipal caller)
    {
        rates.TakeRequest(caller.Key);
        using var place = calls.Enter(caller.Key.Tenant, context.GetEndpoint()?.Metadata.GetMetadata<HeavyCall>() is not null);
        await next(context);
    }
}
