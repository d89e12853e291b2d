using Microsoft.AspNetCore.Authorization;

namespace OrleansBilling.Gateway.Auth;

/// <summary>The key must be allowed to do what it asks for: see <see cref="KeyAccess"/>.</summary>
internal sealed class KeyRequirement : AuthorizationHandler<KeyRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, KeyRequirement requirement)
    {
        if (context is { User: ApiKeyPrincipal caller, Resource: HttpContext http }
            && KeyAccess.Refusal(http.GetEndpoint(), http.Request.Method, caller.Key) is null)
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}
