using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of legal entities, with their documentation.</summary>
internal static class LegalEntityRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/legal-entities/{id}", LegalEntityEndpoints.SetAsync).Needs(KeyScopes.Billing)
            .Doc(new("Legal entities", "Add or change a legal entity",
                "Who issues invoices: the seller on them, with number series and a chain of its own. Give all of it each time; what is left out is "
                + "as by default. Invoices that are issued stay as they are. The prefixes of its numbers never change.")
            {
                RequestExample = """
                    { "name": "Fjord IoT GmbH", "address": ["Hafenstraße 1"], "postalCode": "20457", "city": "Hamburg", "country": "DE",
                      "timeZone": "Europe/Berlin", "paymentDays": 14, "default": true, "iban": "DE89370400440532013000" }
                    """,
            }).Takes<LegalEntityBody>().Answers<LegalEntityAnswer>(201, 200);
        routes.MapGet("/v1/legal-entities", LegalEntityEndpoints.ListAsync)
            .Doc(new("Legal entities", "List legal entities", "In the order of adding; all of them on one page."))
            .Answers<PageAnswer<LegalEntityAnswer>>();
        routes.MapGet("/v1/legal-entities/{id}", LegalEntityEndpoints.GetAsync)
            .Doc(new("Legal entities", "Read a legal entity", "As it is now."))
            .AnswersEntity<LegalEntityAnswer>().Problems(404);
        routes.MapGet("/v1/legal-entities/{id}/chain", LegalEntityEndpoints.ChainAsync)
            .Doc(new("Legal entities", "List the chain",
                "Every invoice and credit note in the order of sealing. Each hash is SHA-256 of the hash before it (32 bytes, zeros before the first), "
                + "the document's hash (32 bytes) and the number (UTF-8); the document's hash is SHA-256 of what GET "
                + "/v1/invoices/{id}/document answers.")
            {
                Query = ["limit", "cursor"],
            }).Answers<PageAnswer<ChainLinkAnswer>>().Problems(404, 422);
        routes.MapPost("/v1/legal-entities/{id}/verify", LegalEntityEndpoints.VerifyAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Read)
            .Doc(new("Legal entities", "Verify the chain",
                "Hashes every document again and goes through the chain: finds what was changed, removed, inserted or moved. Note 'head' "
                + "somewhere else from time to time: as long as the chain still has it, nothing before it has changed."))
            .MayBeRepeated().Answers<ChainReportAnswer>().Problems(404);
    }
}
