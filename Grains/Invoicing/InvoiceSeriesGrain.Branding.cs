using System.Security.Cryptography;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>How documents look.</summary>
internal sealed partial class InvoiceSeriesGrain
{
    public async Task<CommandResult<BrandingView>> SetBranding(string? legalEntity, BrandingSpec spec) => await (await Home()).DoDurably(t =>
    {
        if (Unknown(t, legalEntity) is { } unknown)
        {
            return unknown;
        }
        var series = t.State.Series(Key.Tenant);
        var known = series.Brandings.Newest(legalEntity);
        return known is not null && BrandingSpec.Same(known.Branding, spec)
            ? CommandResult.Unchanged(series.Brandings.View(legalEntity, known))
            : TooMany(series, legalEntity) ?? Set(t, legalEntity, spec, known?.Logo);
    });

    public async Task<CommandResult<BrandingView>> SetLogo(string? legalEntity, byte[]? image) => await (await Home()).DoDurably(t =>
    {
        if (Unknown(t, legalEntity) is { } unknown)
        {
            return unknown;
        }
        var series = t.State.Series(Key.Tenant);
        var known = series.Brandings.Newest(legalEntity);
        var hash = image is null ? null : Convert.ToHexStringLower(SHA256.HashData(image));
        if (known?.Logo == hash)
        {
            return CommandResult.Unchanged(series.Brandings.View(legalEntity, known));
        }
        if (TooMany(series, legalEntity) is { } tooMany)
        {
            return tooMany;
        }
        if (hash is not null && series.Brandings.Logo(hash) is null)
        {
            if (series.Brandings.LogoCount >= IInvoiceSeriesGrain.MaxLogos)
            {
                return CommandResult.Conflict<BrandingView>(
                    "branding.too_many_logos", $"Issued documents have {IInvoiceSeriesGrain.MaxLogos} different logos, which are kept; use one of them.");
            }
            t.Append(new LogoStored(Key.Tenant, hash, image!));
        }
        return Set(t, legalEntity, known?.Branding ?? BrandingSpec.None, hash);
    });

    public async Task<BrandingView> Branding(string? legalEntity) => await (await Home()).DoDurably(t =>
    {
        var brandings = t.State.Series(Key.Tenant).Brandings;
        return brandings.View(legalEntity, brandings.Newest(legalEntity));
    });

    public async Task<BrandingView> BrandingOf(string number, string? legalEntity) => await (await Home()).DoDurably(t =>
    {
        var series = t.State.Series(Key.Tenant);
        var branding = series.DocumentsBefore(number) is { } before ? series.Brandings.Of(legalEntity, before) : null;
        return series.Brandings.View(legalEntity, branding);
    });

    public async Task<byte[]?> Logo(string hash) => await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).Brandings.Logo(hash));

    private CommandResult<BrandingView> Set(Partition.Turn t, string? legalEntity, BrandingSpec spec, string? logo)
    {
        var series = t.State.Series(Key.Tenant);
        t.Append(new BrandingSet(Key.Tenant, legalEntity, series.Documents, spec, logo));
        return CommandResult.Updated(series.Brandings.View(legalEntity, series.Brandings.Newest(legalEntity)));
    }

    private CommandResult<BrandingView>? Unknown(Partition.Turn t, string? legalEntity)
    {
        _ = TenantOf(t, Key.Tenant);
        return legalEntity is null || t.State.Series(Key.Tenant).Find(legalEntity) is not null
            ? null
            : CommandResult.NotFound<BrandingView>("legal_entity.unknown", $"There is no legal entity '{legalEntity}'.");
    }

    private static CommandResult<BrandingView>? TooMany(InvoiceSeries series, string? legalEntity) =>
        series.Brandings.Count < IInvoiceSeriesGrain.MaxBrandings || series.Brandings.Replaces(legalEntity, series.Documents)
            ? null
            : CommandResult.Conflict<BrandingView>(
                "branding.too_many", $"Issued documents have {IInvoiceSeriesGrain.MaxBrandings} different looks, which are kept; no more are possible.");
}
