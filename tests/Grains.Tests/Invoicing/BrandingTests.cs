using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Looks of documents, each of which keeps its own.</summary>
public sealed class BrandingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task A_document_keeps_the_look_it_was_issued_in(long snapshotAtStop)
    {
        await using var cluster = await StartAsync(snapshotAtStop: snapshotAtStop);
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        Ok(await Series(cluster).SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true)));
        await Series(cluster).Assign("k0", "c");
        Ok(await Series(cluster).SetLogo(null, [1, 2, 3]));
        Ok(await Series(cluster).SetBranding(null, Colored("#111111")));
        await Series(cluster).Assign("k1", "c");
        Ok(await Series(cluster).SetBranding("de", Colored("#222222")));
        Ok(await Series(cluster).SetLogo(null, [4]));
        await Series(cluster).Assign("k2", "c");
        await cluster.RestartAsync(snapshotAtStop);

        var looks = new List<string>();
        foreach (var (number, entity) in new[] { (1, null), (2, null), (3, null), (1, "de"), (2, "de"), (3, "de") })
        {
            var view = await Series(cluster).BrandingOf($"INV-{number:D6}", entity);
            looks.Add($"{view.Spec.AccentColor} {view.LogoBytes}");
        }
        Assert.Equal([" 0", "#111111 3", "#111111 1", " 0", "#111111 3", "#222222 0"], looks);
        var kept = await Series(cluster).BrandingOf("INV-000002", null);
        Assert.Equal([1, 2, 3], await Series(cluster).Logo(kept.LogoHash!));
        Assert.Equal(CommandOutcome.Unchanged, (await Series(cluster).SetBranding("de", Colored("#222222"))).Outcome);
        Assert.Equal(CommandOutcome.NotFound, (await Series(cluster).SetBranding("fr", Colored("#222222"))).Outcome);
    }

    [Fact]
    public async Task What_no_document_has_is_forgotten_and_what_documents_have_is_bounded()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        var hashes = new List<string>();
        for (var i = 0; i < 2 * IInvoiceSeriesGrain.MaxLogos; i++)
        {
            hashes.Add(Ok(await Series(cluster).SetLogo(null, [(byte)i])).LogoHash!);
        }
        Assert.Null(await Series(cluster).Logo(hashes[0]));
        Assert.NotNull(await Series(cluster).Logo(hashes[^1]));
        for (var i = 0; i < IInvoiceSeriesGrain.MaxLogos; i++)
        {
            Ok(await Series(cluster).SetLogo(null, [(byte)i]));
            await Series(cluster).Assign($"k{i}", "c");
        }
        Assert.Equal("branding.too_many_logos", Assert.Single((await Series(cluster).SetLogo(null, [99])).Errors).Code);
        Ok(await Series(cluster).SetLogo(null, [0]));
        Ok(await Series(cluster).SetLogo(null, null));
    }

    private static BrandingSpec Colored(string color) => BrandingSpec.None with { AccentColor = color };

    private static IInvoiceSeriesGrain Series(BillingCluster cluster) => cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");
}
