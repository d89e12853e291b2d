using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Idempotency;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of keys, with their documentation.</summary>
internal static class KeyRoutes
{
    private const string Example = """
        { "name": "Meter gateway", "scopes": ["ingest", "devices"], "expiresAt": "2099-01-01T00:00:00Z" }
        """;

    private const string RotationExample = """{ "oldExpiresIn": "PT2H" }""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/keys", KeyEndpoints.AddAsync).WithMetadata(ShowsKey.Mark).Needs(KeyScopes.Admin)
            .Doc(new("Keys", "Make a key",
                "Answers the key once; only its hash is kept. Scopes say what it may do; with 'customer' it reads the data of that "
                + "customer only.") { RequestExample = Example })
            .Takes<KeyBody>().Answers<KeyAnswer>(201).Problems(409);
        routes.MapGet("/v1/keys", KeyEndpoints.ListAsync).Needs(KeyScopes.Admin)
            .Doc(new("Keys", "List keys", "The tenant's, oldest first, also those that no longer work. Never the keys themselves.")
            {
                Query = ["limit", "cursor"],
            }).Answers<PageAnswer<KeyAnswer>>().Problems(422);
        routes.MapPost("/v1/keys/{id}/revoke", KeyEndpoints.RevokeAsync).Needs(KeyScopes.Admin)
            .Doc(new("Keys", "Revoke a key",
                "No body. Every process refuses the key within a second; streams that it has open end with their next batch."))
            .Answers<KeyAnswer>().MayBeRepeated().Problems(404);
        routes.MapPost("/v1/keys/{id}/rotate", KeyEndpoints.RotateAsync).WithMetadata(ShowsKey.Mark).Needs(KeyScopes.Admin)
            .Doc(new("Keys", "Replace a key",
                "Makes a key with the same rights. The old one works on for a day, or as long as you say, so that whoever uses it can "
                + "change over.") { RequestExample = RotationExample })
            .Takes<KeyRotationBody>().Answers<KeyAnswer>(201).Problems(404, 409);
        MapForOperators(routes);
    }

    private static void MapForOperators(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tenants/{id}/keys", KeyEndpoints.AddToTenantAsync).WithMetadata(ShowsKey.Mark).RequireAuthorization(GatewayPolicies.Operator)
            .Doc(new("Keys", "Make a key of a tenant",
                "Operator keys only. Without a body the key may do everything in the tenant: for one whose key was lost. 'operator' makes "
                + "another operator key, in the tenant 'default'.") { RequestExample = Example })
            .Takes<KeyBody>().Answers<KeyAnswer>(201).Problems(404, 409);
        routes.MapGet("/v1/tenants/{id}/keys", KeyEndpoints.ListOfTenantAsync).RequireAuthorization(GatewayPolicies.Operator)
            .Doc(new("Keys", "List keys of a tenant", "Operator keys only.") { Query = ["limit", "cursor"] })
            .Answers<PageAnswer<KeyAnswer>>().Problems(404, 422);
        routes.MapPost("/v1/tenants/{id}/keys/{key}/revoke", KeyEndpoints.RevokeOfTenantAsync).RequireAuthorization(GatewayPolicies.Operator)
            .Doc(new("Keys", "Revoke a key of a tenant", "Operator keys only; no body."))
            .Answers<KeyAnswer>().MayBeRepeated().Problems(404);
        routes.MapPost("/v1/tenants/{id}/keys/{key}/rotate", KeyEndpoints.RotateOfTenantAsync).WithMetadata(ShowsKey.Mark).RequireAuthorization(GatewayPolicies.Operator)
            .Doc(new("Keys", "Replace a key of a tenant", "Operator keys only.") { RequestExample = RotationExample })
            .Takes<KeyRotationBody>().Answers<KeyAnswer>(201).Problems(404, 409);
    }
}
