using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Legal entities, and the chains over their documents.</summary>
internal static class LegalEntityEndpoints
{
    private const int DefaultPaymentDays = 30;
    private const decimal DefaultReviewAbove = 10m;

    public static async Task<IResult> SetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("legal_entity");
        var body = await JsonBody.ReadAsync<LegalEntityBody>(context);
        // Prefixes stay as they are when they are left out later.
        var known = await Series(context, grains).LegalEntity(id);
        var name = id.ToUpperInvariant();
        var spec = new LegalEntitySpec(
            id, body.Name, body.Address ?? [], body.PostalCode, body.City, body.Region, body.Country, body.TimeZone ?? "Etc/UTC",
            body.PaymentDays ?? DefaultPaymentDays, body.InvoicePrefix ?? known?.InvoicePrefix ?? $"INV-{name}-",
            body.CreditNotePrefix ?? known?.CreditNotePrefix ?? $"CN-{name}-", body.Default ?? false, body.Review ?? false,
            body.ReviewAbove ?? DefaultReviewAbove, body.Email, body.RegistrationNumber, body.Iban, body.Bic, body.Tax?.ToTax());
        return CommandAnswer.Of(
            await Series(context, grains).SetLegalEntity(spec), Locations.Of("legal-entities", id), LegalEntityAnswer.Of);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var entities = await Series(context, grains).LegalEntities();
        return ApiJson.Ok(new PageAnswer<LegalEntityAnswer>(Array.ConvertAll(entities, LegalEntityAnswer.Of), null));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains) =>
        ApiJson.Entity(LegalEntityAnswer.Of(await FindAsync(context, grains)));

    public static async Task<IResult> ChainAsync(HttpContext context, IGrainFactory grains)
    {
        var entity = await FindAsync(context, grains);
        var limit = Query.Limit(context);
        var after = long.TryParse(Query.After(context), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        // One more than asked for tells whether there is another page.
        var entries = await Series(context, grains).Chain(entity.Id, after, limit + 1);
        return entries.Length > limit
            ? Listing.Of(new Page<ChainEntry>(entries[..limit], (after + limit).ToString(CultureInfo.InvariantCulture)), ChainLinkAnswer.Of)
            : Listing.Of(new Page<ChainEntry>(entries, null), ChainLinkAnswer.Of);
    }

    public static async Task<IResult> VerifyAsync(HttpContext context, IGrainFactory grains)
    {
        var entity = await FindAsync(context, grains);
        return ApiJson.Ok(ChainReportAnswer.Of(await Series(context, grains).Verify(entity.Id)));
    }

    private static async Task<LegalEntitySpec> FindAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("legal_entity");
        return await Series(context, grains).LegalEntity(id) ?? throw new ProblemException(Problem.NotFound("legal_entity", id));
    }

    private static IInvoiceSeriesGrain Series(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant());
}
