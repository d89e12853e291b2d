using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Short ways to say, where an endpoint is mapped, who may use it.</summary>
internal static class AccessExtensions
{
    /// <summary>The key needs one of these.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, KeyScopes anyOf) =>
        route.WithMetadata(new NeedsScopeAttribute(anyOf));

    /// <summary>Also for a key of one customer, when what the address names is that customer's.</summary>
    public static RouteHandlerBuilder OwnedBy(this RouteHandlerBuilder route, CustomerOwned owned) =>
        route.WithMetadata(owned).AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            if (context.OnlyCustomer() is not { } customer)
            {
                return await next(call);
            }
            var owner = await owned.OwnerAsync(context, context.RequestServices.GetRequiredService<IGrainFactory>());
            return owner == customer ? await next(call) : new ProblemResult(owned.NotFound(context));
        });

    /// <summary>The customer whose id is in the address.</summary>
    public static readonly CustomerOwned Customer = new(
        (context, _) => Task.FromResult<string?>(context.PathId("customer")),
        context => Problem.NotFound("customer", context.PathId("customer")));
}
