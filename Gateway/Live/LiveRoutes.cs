using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Live;

/// <summary>Addresses of what can be watched, with their documentation.</summary>
internal static class LiveRoutes
{
    private const string MediaType = "text/event-stream";
    private const string Manner = " As server-sent events: the state at once, then each change, within a second; 'ping' every 15 seconds without "
        + "one. The id of an event is a version: with it in 'Last-Event-ID' only what changed since is sent.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/customers/{id}/bill/live", LiveEndpoints.CustomerAsync)
            .Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "Watch the running bill", "What the running bill reads, whenever it changes." + Manner))
            .Produces<BillAnswer>(200, MediaType).Problems(401, 403, 404, 429, 503);
        routes.MapGet("/v1/subscriptions/{id}/bill/live", LiveEndpoints.SubscriptionAsync)
            .Needs(KeyScopes.Read).OwnedBy(Owners.Subscription)
            .Doc(new("Subscriptions", "Watch a subscription's charges", "Its lines of the running bill, whenever they change." + Manner))
            .Produces<SubscriptionBillAnswer>(200, MediaType).Problems(401, 403, 404, 429, 503);
        routes.MapGet("/v1/devices/{id}/usage/live", LiveEndpoints.DeviceAsync).Needs(KeyScopes.Read | KeyScopes.Devices)
            .Doc(new("Devices", "Watch a device's usage", "Rows by subscription, period and meter, whenever they change." + Manner))
            .Produces<DeviceUsage>(200, MediaType).Problems(401, 403, 404, 429, 503);
    }
}
