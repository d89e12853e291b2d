using OrleansBilling.Documents;
using OrleansBilling.Documents.Html;
using OrleansBilling.Documents.Pdf;
using OrleansBilling.Documents.Rules;
using OrleansBilling.Documents.Ubl;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>Documents as files.</summary>
internal static class DocumentFiles
{
    /// <summary>A4, or Letter where paper is of that size, or the one that the query asks for.</summary>
    public static IResult Pdf(HttpContext context, BillingDocument document)
    {
        var format = Query.Text(context, "paper") switch
        {
            null => FormatOf(document),
            "a4" => PageFormat.A4,
            "letter" => PageFormat.Letter,
            _ => throw Query.Fault("paper", "Give 'a4' or 'letter'."),
        };
        return Results.File(PdfRenderer.Render(document, format), "application/pdf", $"{document.Number}.pdf");
    }

    /// <summary>A page that loads nothing, in the document's language.</summary>
    public static IResult Html(BillingDocument document) => new DocumentPage(HtmlRenderer.Render(document, FormatOf(document)));

    /// <summary>UBL 2.1 by EN 16931; a problem with the rules where it breaks some.</summary>
    public static IResult Ubl(BillingDocument document)
    {
        try
        {
            return Results.File(UblRenderer.Render(document), "application/xml", $"{document.Number}.xml");
        }
        catch (InvalidDocumentException)
        {
            return new ProblemResult(Problem.Invalid(
                [.. DocumentValidator.Validate(document).Select(f => new ProblemError($"e_invoice.{f.Rule}", $"{f.Place}: {f.Message}", null))]) with
            {
                Status = 409,
            });
        }
    }

    private static PageFormat FormatOf(BillingDocument document) =>
        document.Buyer.Address.CountryCode is "US" or "CA" or "MX" or "PH" ? PageFormat.Letter : PageFormat.A4;

    /// <summary>Bytes that a browser shows, and nothing that they could load.</summary>
    private sealed class DocumentPage(byte[] html) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.Headers.ContentSecurityPolicy = $"{HtmlRenderer.ContentSecurityPolicy}; frame-ancestors 'self'";
            httpContext.Response.ContentLength = html.Length;
            await httpContext.Response.Body.WriteAsync(html, httpContext.RequestAborted);
        }
    }

    /// <summary>409: only what a legal entity issued has documents.</summary>
    public static ProblemException NoSeller(string number) => new(new ApiProblem(409, "document.no_seller",
        $"'{number}' was issued for no legal entity, so that a document would have no seller. Add one with PUT /v1/legal-entities/{{id}}; invoices from then on have documents."));
}
