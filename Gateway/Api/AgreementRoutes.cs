using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of agreements, with their documentation.</summary>
internal static class AgreementRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers/{id}/agreements", AgreementEndpoints.AgreeAsync).Needs(KeyScopes.Billing)
            .Doc(new("Customers", "Agree on a minimum or maximum",
                "The least and the most that the customer pays over all subscriptions in each period of the agreement's own calendar. A billing "
                + "period of a subscription counts in the agreement's period in which it ends. Both are lines of their own on invoices and on the "
                + "running bill: the maximum takes off as soon as it is exceeded, the minimum adds once when the period is over. An agreement does "
                + "not change; end it and make another one. Agreements of a customer do not overlap.")
            {
                RequestExample = """
                    { "id": "frame-2012", "minimum": { "amount": "100" }, "maximum": { "amount": "500" }, "from": "2012-07-01T00:00:00Z" }
                    """,
                ResponseExample = """
                    { "id": "frame-2012", "minimum": { "amount": "100", "name": "Minimum commitment", "prorate": true },
                      "maximum": { "amount": "500", "name": "Maximum", "prorate": false }, "from": "2012-07-01T00:00:00Z",
                      "timeZone": "Etc/UTC", "anchorDate": "2012-07-01", "cycle": { "unit": "month", "count": 1 },
                      "agreedAt": "2012-06-20T00:00:00Z" }
                    """,
            }).Takes<AgreementBody>().Answers<AgreementAnswer>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/customers/{id}/agreements", AgreementEndpoints.ListAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "List agreements", "In the order in which they were made; all of them on one page."))
            .Answers<PageAnswer<AgreementAnswer>>().Problems(404);
        routes.MapGet("/v1/customers/{id}/agreements/{agreement}", AgreementEndpoints.GetAsync)
            .Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "Read an agreement", "With its end, where it has one."))
            .AnswersEntity<AgreementAnswer>().Problems(404);
        routes.MapPost("/v1/customers/{id}/agreements/{agreement}/end", AgreementEndpoints.EndAsync).Needs(KeyScopes.Billing)
            .Doc(new("Customers", "End an agreement",
                "From an instant on, now when none is given; not before the newest invoice's period end. The period that it ends in is a part "
                + "of a period.")
            {
                RequestExample = """{ "at": "2012-12-01T00:00:00Z" }""",
            }).Takes<AgreementEndBody>().Answers<AgreementAnswer>().Problems(404, 409);
    }
}
