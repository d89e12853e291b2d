using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of exchange rates, with their documentation.</summary>
internal static class ExchangeRateRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/exchange-rates/import", ExchangeRateEndpoints.ImportAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Exchange rates", "Import exchange rates",
                "A file of euro reference rates of the European Central Bank as it is, eurofxref-daily.xml, eurofxref-hist.xml, eurofxref.csv or "
                + "eurofxref-hist.csv, whose source is 'ECB'; or rates of another source as JSON. Rates that are known already change nothing; another rate "
                + "for the same source, base, currency and date is refused by itself, or takes its place with replace=true. Invoices that are issued "
                + "keep the rates they have. Invoices that waited for a rate are issued before this answers.")
            {
                Query = ["replace"],
                CsvExample = """
                    Date, USD, JPY, HUF, 
                    28 June 2024, 1.0705, 171.94, 395.10, 

                    """,
                RequestExample = """
                    { "source": "HMRC", "base": "GBP", "rates": [ { "date": "2026-11-01", "currency": "EUR", "rate": "1.1421" } ] }
                    """,
            }).Takes<ExchangeRatesBody>("application/xml", "text/xml", CsvBodyReader.MediaType).Answers<ExchangeRateImportAnswer>();
        routes.MapPut("/v1/exchange-rates", ExchangeRateEndpoints.SetAsync).Needs(KeyScopes.Billing)
            .Doc(new("Exchange rates", "Set an exchange rate",
                "One rate with its source. 409 where the source has another one for that day, unless with replace=true.")
            {
                Query = ["replace"],
                RequestExample = """{ "source": "HMRC", "base": "GBP", "currency": "USD", "date": "2026-11-01", "rate": "1.3127" }""",
            }).Takes<ExchangeRateBody>().Answers<ExchangeRateAnswer>(201, 200);
        routes.MapGet("/v1/exchange-rates", ExchangeRateEndpoints.ListAsync)
            .Doc(new("Exchange rates", "List exchange rates", "By source, base, currency and date.")
            {
                Query = ["date", "from|rates", "to|rates", "source|rates", "currency", "limit", "cursor"],
            }).Answers<PageAnswer<ExchangeRateAnswer>>().Problems(422);
        routes.MapGet("/v1/exchange-rates/convert", ExchangeRateEndpoints.ConvertAsync)
            .Doc(new("Exchange rates", "Convert an amount",
                "By the rates of a day and a source, as invoices do; changes nothing. Of the ECB it takes the rates of the last day on or before the one "
                + "given for which there are some, of others the newest of the last 31 days. 404 where that is not known.")
            {
                Query = ["amount", "from|currency", "to|currency", "date", "source|rates"],
                ResponseExample = """
                    { "amount": "100.00", "from": "USD", "converted": "36907.99", "to": "HUF", "rate": "369.0798692", "date": "2024-06-28", "source": "ECB",
                      "base": "EUR", "fromPerBase": "1.0705", "toPerBase": "395.1", "explanation": "…" }
                    """,
            }).Answers<ConversionAnswer>().Problems(404, 422);
    }
}
