using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Documents.Rules;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>What is on a tenant's documents, or on those of one of its legal entities.</summary>
internal static class BrandingEndpoints
{
    /// <summary>All wordings of all languages have room in it.</summary>
    private const int MaxBytes = 1024 * 1024;

    public static async Task<IResult> SetAsync(HttpContext context, IGrainFactory grains)
    {
        var spec = BrandingReader.Read(await JsonBody.ReadAsync<BrandingBody>(context, MaxBytes));
        return Answer(await Series(context, grains).SetBranding(LegalEntity(context), spec));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains) =>
        ApiJson.Entity(BrandingAnswer.Of(await FindAsync(context, grains)));

    public static async Task<IResult> SetLogoAsync(HttpContext context, IGrainFactory grains)
    {
        var file = await ImageBody.ReadAsync(context, BrandingRules.MaxLogoBytes);
        return BrandingRules.LogoProblem(file) is { } problem
            ? new ProblemResult(Problem.Invalid([new("branding.logo", problem, null)]))
            : Answer(await Series(context, grains).SetLogo(LegalEntity(context), file));
    }

    public static async Task<IResult> RemoveLogoAsync(HttpContext context, IGrainFactory grains) =>
        Answer(await Series(context, grains).SetLogo(LegalEntity(context), null));

    public static async Task<IResult> GetLogoAsync(HttpContext context, IGrainFactory grains)
    {
        var branding = await FindAsync(context, grains);
        var file = branding.LogoHash is { } hash ? await Series(context, grains).Logo(hash) : null;
        return file is null
            ? new ProblemResult(new(404, "branding.no_logo", "No logo was given; put one with PUT /v1/branding/logo."))
            : Results.Bytes(file, BrandingRules.LogoMediaType(file));
    }

    private static IResult Answer(CommandResult<BrandingView> result) => CommandAnswer.Of(result, "/v1/branding", BrandingAnswer.Of);

    private static async Task<BrandingView> FindAsync(HttpContext context, IGrainFactory grains)
    {
        var legalEntity = LegalEntity(context);
        return legalEntity is null || await Series(context, grains).LegalEntity(legalEntity) is not null
            ? await Series(context, grains).Branding(legalEntity)
            : throw new ProblemException(Problem.NotFound("legal_entity", legalEntity));
    }

    private static string? LegalEntity(HttpContext context)
    {
        var id = Query.Text(context, "legalEntity");
        return id is null || EntityId.IsValid(id) ? id : throw new ProblemException(Problem.NotFound("legal_entity", id));
    }

    private static IInvoiceSeriesGrain Series(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant());
}
