using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of the report about bill runs, with their documentation.</summary>
internal static class BillRunRoutes
{
    private static readonly string[] Span = ["from|periodEnd", "to|periodEnd"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/bill-runs", BillRunEndpoints.ReportAsync).WithMetadata(HeavyCall.Mark)
            .Doc(new("Bill runs", "Report on bill runs",
                "Periods close and invoices are issued by themselves, all the time: this says how far that is for periods that end in a span, what "
                + "is behind and why, how fast it goes, and which drafts wait for somebody.")
            {
                Query = Span,
                ResponseExample = """
                    { "from": "2026-06-01T00:00:00Z", "to": "2026-07-02T00:00:00Z", "asOf": "2026-07-01T00:20:00Z", "complete": false,
                      "periods": { "ended": 1000, "ahead": 0, "closed": 900, "inGrace": 100, "behind": {}, "undelivered": 0 },
                      "invoices": { "issued": [ { "currency": "EUR", "count": 890, "total": "8900.00" } ], "unnumbered": 0, "ready": 0,
                        "incomplete": 0, "held": 10 },
                      "rate": { "perSecond": "14.83", "lastMinute": 890, "lastHour": 890, "lastIssuedAt": "2026-07-01T00:19:58Z" },
                      "oldestOutstanding": "2026-06-30T22:00:00Z",
                      "held": [ { "code": "review.required", "count": 10, "sums": [ { "currency": "EUR", "count": 10, "total": "100.00" } ],
                        "drafts": "/v1/drafts?hold=review.required" } ],
                      "partitions": [] }
                    """,
            }).Answers<BillRunAnswer>().Problems(422);
        routes.MapGet("/v1/bill-runs/held.csv", BillRunEndpoints.HeldAsync).WithMetadata(HeavyCall.Mark)
            .Doc(new("Bill runs", "Read held drafts as CSV",
                "One row a draft and reason: customer, draft, period end, total with tax, currency, code and what to do about it.")
            {
                Query = ["hold", .. Span],
            }).Produces(200, contentType: "text/csv").Problems(401, 403, 422, 429, 503);
    }
}
