using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Grains.Tests.Jobs;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Jobs.JobScenario;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>Changes that are made later than they are asked for, and looks of documents.</summary>
public sealed class AuditedJobTests
{
    [Fact]
    public async Task What_a_job_does_to_devices_is_done_for_who_submitted_it()
    {
        await using var cluster = await JobScenario.StartAsync();
        AuditLog.As("k-1", "createJob");
        Ok(await SubmitAsync(cluster, "j", JobKind.Devices, Registered("a"), Registered("b", "nowhere")));
        AuditLog.As("k-2");
        await EndAsync(cluster, "j");
        var entries = await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Actor: "k-1"));
        Assert.Equal(["device a: - -> +", "job j: - -> +"], entries.Select(e => AuditLog.Told(e.Content)).Order(StringComparer.Ordinal));
        Assert.All(entries, e => Assert.Equal("createJob", (string?)e.Content["operation"]));
        Assert.Empty(await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Actor: "k-2")));
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
    }

    [Fact]
    public async Task Looks_of_documents()
    {
        await using var cluster = await JobScenario.StartAsync();
        AuditLog.As("k-1");
        var series = cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");
        Ok(await series.SetBranding(null, BrandingSpec.None with { AccentColor = "#112233" }));
        Ok(await series.SetBranding(null, BrandingSpec.None with { AccentColor = "#445566" }));
        var entries = await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Actor: "k-1"));
        Assert.Equal(
            ["branding t: - -> #112233", "branding t: #112233 -> #445566"],
            entries.Select(e => AuditLog.Told(e.Content, "spec/accentColor")));
    }
}
