using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Compat;

/// <summary>
/// Addresses that other products' clients send usage to, when only their base address and key are changed. Their contracts are those
/// products' own, so they are not in our OpenAPI document; see docs/compat.md.
/// </summary>
internal static class CompatRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/compat/openmeter/api/v1/events", OpenMeterEndpoint.IngestAsync).Needs(KeyScopes.Ingest).ExcludeFromDescription();
        routes.MapPost("/compat/lago/api/v1/events", LagoEndpoint.OneAsync).Needs(KeyScopes.Ingest).ExcludeFromDescription();
        routes.MapPost("/compat/lago/api/v1/events/batch", LagoEndpoint.BatchAsync).Needs(KeyScopes.Ingest).ExcludeFromDescription();
    }
}
