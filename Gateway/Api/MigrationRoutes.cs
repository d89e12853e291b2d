using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of migrations, with their documentation.</summary>
internal static class MigrationRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/plans/{id}/migrations", MigrationEndpoints.PreviewAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Catalogue", "Preview a migration",
                "Who has a version of the plan, and would be moved to another one, the newest when none is named, at the start of the next billing "
                + "period; who cannot be moved, and why; who stays because it is named in 'keep'. It is kept and changes nothing: a subscription "
                + "stays on the version that it took until it is moved. At most 10,000 subscriptions.")
            {
                RequestExample = """{ "id": "prices-2013", "fromVersion": 1, "toVersion": 2, "keep": ["s-9"] }""",
                ResponseExample = """
                    { "id": "prices-2013", "plan": "home", "fromVersion": 1, "toVersion": 2, "agreedTerms": "keep", "status": "previewed",
                      "previewedAt": "2012-12-10T00:00:00Z", "ready": 1, "scheduled": 0, "refused": 0, "kept": 1, "items": [
                      { "subscription": "s-1", "customer": "c-1", "outcome": "ready", "effectiveAt": "2013-01-01T00:00:00Z" },
                      { "subscription": "s-9", "customer": "c-9", "outcome": "kept" } ] }
                    """,
            }).Takes<MigrationBody>().Answers<MigrationAnswer>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/plans/{id}/migrations", MigrationEndpoints.ListAsync)
            .Doc(new("Catalogue", "List migrations", "Of the plan, by id, without their items.") { Query = ["limit", "cursor"] })
            .Answers<PageAnswer<MigrationAnswer>>().Problems(404, 422);
        routes.MapGet("/v1/plans/{id}/migrations/{migration}", MigrationEndpoints.GetAsync)
            .Doc(new("Catalogue", "Read a migration", "As it was previewed, and the result of each subscription that has one."))
            .AnswersEntity<MigrationAnswer>().Problems(404);
        routes.MapPost("/v1/plans/{id}/migrations/{migration}/apply", MigrationEndpoints.ApplyAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Catalogue", "Apply a migration",
                "No body. Each subscription gets a change of plan 'migration:' and the id, once, however often this is sent and whatever crashes. "
                + "Answered when all have a result, or after about 20 seconds with status 'applying': it goes on by itself, and sending it again "
                + "waits for more. Changes that have not begun can be withdrawn one by one."))
            .Answers<MigrationAnswer>().MayBeRepeated().Problems(404);
    }
}
