using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of what is on documents, with their documentation.</summary>
internal static class BrandingRoutes
{
    private const string Tag = "Branding";
    private static readonly string[] Whose = ["legalEntity"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/branding", BrandingEndpoints.SetAsync).Needs(KeyScopes.Billing)
            .Doc(new(Tag, "Set the branding",
                "Colour, footer and wording of invoices and credit notes, as pages, as PDF, and where it words why no tax is charged as "
                + "e-invoice: from the next document on. Those that are issued keep their looks. Give all of it each time; the logo stays.")
            {
                Query = Whose,
                RequestExample = """
                    { "accentColor": "#1d4e89", "logoText": "Fjord IoT", "footer": { "en": "Fjord IoT GmbH, Hamburg" },
                      "texts": { "de": { "title.invoice": "Servicerechnung" } } }
                    """,
            }).Takes<BrandingShape>().Answers<BrandingAnswer>().Problems(404);
        routes.MapGet("/v1/branding", BrandingEndpoints.GetAsync)
            .Doc(new(Tag, "Read the branding", "As it is on the next document, but for what a legal entity has of its own.") { Query = Whose })
            .AnswersEntity<BrandingAnswer>().Problems(404, 422);
        routes.MapPut("/v1/branding/logo", BrandingEndpoints.SetLogoAsync).Needs(KeyScopes.Billing)
            .Doc(new(Tag, "Set the logo",
                "A PNG with 8 bits a channel, not interlaced, or a JPEG, as the body: at most 1 MiB and 4,096 pixels in each direction. It is on "
                + "documents from the next one on.") { Query = Whose })
            .Accepts<Stream>(ImageBody.Png, ImageBody.Jpeg).MayBeRepeated().Answers<BrandingAnswer>().Problems(404);
        routes.MapGet("/v1/branding/logo", BrandingEndpoints.GetLogoAsync)
            .Doc(new(Tag, "Read the logo", "The file as it was sent.") { Query = Whose })
            .Produces(200, contentType: ImageBody.Png, additionalContentTypes: ImageBody.Jpeg).Problems(401, 403, 404, 422, 429, 503);
        routes.MapDelete("/v1/branding/logo", BrandingEndpoints.RemoveLogoAsync).Needs(KeyScopes.Billing)
            .Doc(new(Tag, "Remove the logo", "Documents from the next one on have the seller's name instead.") { Query = Whose })
            .MayBeRepeated().Answers<BrandingAnswer>().Problems(404);
    }
}
