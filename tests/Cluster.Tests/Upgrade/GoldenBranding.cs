using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Looks of documents, with a logo in the snapshot and one behind it.</summary>
internal static class GoldenBranding
{
    public static readonly string[] Paths = ["/v1/branding", "/v1/branding?legalEntity=vat"];

    // Of one pixel each.
    private const string First = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Second = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PutAsync("v1/branding", new
        {
            accentColor = "#1d4e89", footer = new { de = "Amtsgericht Köln", en = "Cologne" },
            texts = new { de = new Dictionary<string, string> { ["title.invoice"] = "Servicerechnung" } },
        });
        await tenant.PutAsync("v1/branding/logo", Convert.FromBase64String(First), "image/png");
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.PutAsync("v1/branding?legalEntity=vat", new { accentColor = "#7b2d8b", logoText = "Verkauf" });
        await tenant.PutAsync("v1/branding/logo?legalEntity=vat", Convert.FromBase64String(Second), "image/png");
    }
}
