using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>Addresses of the audit trail, with their documentation.</summary>
internal static class AuditTrailRoutes
{
    private const string Tag = "Audit trail";

    private static readonly string[] Filters =
        ["from|entry", "to|entry", "actor|entry", "operation|entry", "kind|entry", "entity|entry", "trail|entry"];

    private static readonly string[] Trail = ["trail|entry"];

    private const string Example = """
        { "id": "3-17", "previousHash": "93d7…", "hash": "4c0b…", "entry": { "trail": "acme", "partition": 3, "number": 17,
          "at": "2026-03-01T09:30:00.1234567Z", "operation": "changeCustomer", "kind": "customer", "id": "c-1",
          "actor": { "key": "k3yname1" }, "requestId": "0af7651916cd43dd8448eb211c80319c",
          "before": { "id": "c-1", "name": "Ada", "currency": "EUR", "address": [], "subscriptions": [] },
          "after": { "id": "c-1", "name": "Ada Lovelace", "currency": "EUR", "address": [], "subscriptions": [] } } }
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/audit-trail", AuditTrailEndpoints.ListAsync).Needs(KeyScopes.Admin)
            .Doc(new(Tag, "List the audit trail",
                "Every change that somebody asked for: who, what, when, and the entity before and after. Newest first. Usage and reservations are "
                + "not in it: the log of usage is their record.")
            {
                Query = [.. Filters, "limit", "cursor"],
                ResponseExample = $$"""{ "items": [ {{Example}} ], "next": null }""",
            }).Answers<PageAnswer<AuditEntryShape>>().Problems(422);
        routes.MapGet("/v1/audit-trail/export", AuditTrailEndpoints.ExportAsync).Needs(KeyScopes.Admin).WithMetadata(HeavyCall.Mark)
            .Doc(new(Tag, "Export the audit trail",
                "One entry a line, partition after partition and in each oldest first, so that the chain can be followed: 'hash' is SHA-256 of "
                + "the 32 bytes of 'previousHash' and the bytes of 'entry' as they are in the line.") { Query = Filters })
            .Produces(200, contentType: AuditTrailEndpoints.Lines).Problems(401, 403, 422, 429, 503);
        routes.MapGet("/v1/audit-trail/{id}", AuditTrailEndpoints.GetAsync).Needs(KeyScopes.Admin)
            .Doc(new(Tag, "Read an audit entry", "As it was written.") { Query = Trail, ResponseExample = Example })
            .Answers<AuditEntryShape>().Problems(404, 422);
        routes.MapPost("/v1/audit-trail/verify", AuditTrailEndpoints.VerifyAsync).Needs(KeyScopes.Admin).WithMetadata(HeavyCall.Mark)
            .Doc(new(Tag, "Verify the audit trail",
                "Reads every entry again and recomputes the chain of each partition: says which entry was changed, is missing or was moved. Note "
                + "the heads somewhere else from time to time: as long as a chain still has them, nothing before them has changed.")
            {
                Query = Trail,
                ResponseExample = """
                    { "intact": false, "entries": 17, "chains": [ { "partition": 3, "entries": 17, "first": 1, "head": "4c0b…" } ],
                      "findings": [ { "code": "entry.changed", "entry": "3-9", "message": "Its hash is not that of its content and the hash before it." } ] }
                    """,
            }).MayBeRepeated().Answers<AuditTrailReportAnswer>();
    }
}
