using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of re-ratings, with their documentation.</summary>
internal static class ReRatingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/re-ratings", ReRatingEndpoints.PreviewAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Pricing", "Preview a re-rating",
                "What billing periods, closed and open, come to by a corrected version of the plan that was in force: the difference for every "
                + "customer, subscription, period and charge. It is kept and changes nothing. The corrected plan has other prices, and "
                + "counts what the wrong one counted.")
            {
                RequestExample = """
                    { "id": "june", "plan": "home", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z",
                      "to": "2012-07-01T00:00:00Z" }
                    """,
                ResponseExample = """
                    { "id": "june", "plan": "home", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z",
                      "to": "2012-07-01T00:00:00Z", "status": "previewed", "previewedAt": "2012-07-03T00:00:00Z", "currency": "EUR",
                      "difference": "-0.10", "customers": [ { "customer": "c-1", "difference": "-0.10", "subscriptions": [
                      { "subscription": "s-1", "difference": "-0.10", "periods": [ { "periodStart": "2012-06-01T00:00:00Z",
                      "periodEnd": "2012-07-01T00:00:00Z", "closed": true, "before": "12.60", "after": "12.50", "difference": "-0.10",
                      "lines": [] } ] } ] } ], "unchanged": 0 }
                    """,
            }).Takes<ReRatingShape>().Answers<ReRatingAnswer>(201, 200).Problems(409);
        routes.MapGet("/v1/re-ratings", ReRatingEndpoints.ListAsync)
            .Doc(new("Pricing", "List re-ratings", "By id, without their customers.") { Query = ["limit", "cursor"] })
            .Answers<PageAnswer<ReRatingAnswer>>().Problems(422);
        routes.MapGet("/v1/re-ratings/{id}", ReRatingEndpoints.GetAsync)
            .Doc(new("Pricing", "Read a re-rating", "As it was previewed, and how far it is applied."))
            .AnswersEntity<ReRatingAnswer>().Problems(404);
        routes.MapPost("/v1/re-ratings/{id}/apply", ReRatingEndpoints.ApplyAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Pricing", "Apply a re-rating",
                "No body. From now on the corrected plan rates those periods: what is open at once, what is closed as lines of kind reRating on the "
                + "next invoice. Refused when usage or invoices have changed since the preview: make a new one. Applied once, however often it is "
                + "sent."))
            .Answers<ReRatingAnswer>().MayBeRepeated().Problems(404);
    }
}
