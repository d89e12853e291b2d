using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of packs, with their documentation.</summary>
internal static class PackRoutes
{
    private const string Pack = """
        { "id": "top-1", "subscription": "fleet", "charge": "data", "unit": "MB", "kind": "paid", "quantity": "500", "current": "420",
          "accrued": "30", "left": "390", "priority": 100, "grantedAt": "2026-06-10T12:00:00Z", "expiresAt": "2026-09-01T00:00:00Z",
          "status": "open", "journal": [
            { "kind": "grant", "at": "2026-06-10T12:00:00Z", "postings": [
              { "account": "pack:top-1", "quantity": "500" }, { "account": "sold", "quantity": "-500" } ] } ] }
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/subscriptions/{id}/packs", PackEndpoints.GrantAsync).Needs(KeyScopes.Billing)
            .Doc(new("Wallets", "Grant a pack",
                "A quantity for one usage charge: usage beyond what the plan includes takes it before it has a price, from the present billing "
                + "period on, over period ends, until it is used up or expires. The id makes it safe to send again.")
            {
                RequestExample = """{ "id": "top-1", "charge": "data", "quantity": "500", "unit": "MB", "periods": 3, "reference": "Card 4711" }""",
                ResponseExample = Pack,
            }).Takes<PackBody>().Answers<PackView>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/subscriptions/{id}/packs", PackEndpoints.ListAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Subscription)
            .Doc(new("Wallets", "List a subscription's packs",
                "All of them, in the order of granting, with what is left after all usage and a journal of what each period used.")
            {
                ResponseExample = $$"""{ "items": [ {{Pack}} ] }""",
            }).Answers<PageAnswer<PackView>>().Problems(404);
    }
}
