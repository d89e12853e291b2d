using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Documents;
using OrleansBilling.Documents.Rules;
using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>In which language a document is, and what the tenant puts on it.</summary>
/// <param name="Locale">BCP 47.</param>
internal sealed record DocumentLook(string Locale, Branding Branding)
{
    /// <summary>As the document was issued, in the customer's language or the one that the query asks for.</summary>
    /// <param name="number">Of the document.</param>
    /// <param name="legalEntity">Who issued it; null for nobody in particular.</param>
    public static async Task<DocumentLook> OfAsync(
        HttpContext context, IGrainFactory grains, string number, string? legalEntity, CustomerView customer)
    {
        var locale = DocumentLanguage.Of(context, customer);
        var series = grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant());
        var branding = await series.BrandingOf(number, legalEntity);
        return new(locale, Of(branding.Spec, branding.LogoHash is { } hash ? await series.Logo(hash) : null, locale));
    }

    private static Branding Of(BrandingSpec spec, byte[]? logo, string locale) => new()
    {
        AccentColor = spec.AccentColor,
        Logo = logo,
        LogoText = spec.LogoText,
        Texts = BrandingRules.TextsFor(spec.Texts, locale),
        Footer = BrandingRules.FooterFor(spec.Footer, locale),
    };
}
