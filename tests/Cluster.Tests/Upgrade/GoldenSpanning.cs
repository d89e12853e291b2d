using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>What spans subscriptions of customer kit: an agreement that ends and another one, a migration, and a draft that re-rates agreed
/// terms.</summary>
internal static class GoldenSpanning
{
    private const string Agreements = "v1/customers/kit/agreements";
    private const string Migrations = "v1/plans/grid/migrations";

    public static readonly string[] Paths =
    [
        "/v1/customers/kit/bill", "/v1/customers/kit/invoices", "/v1/customers/kit/agreements", "/v1/subscriptions/kit-1",
        "/v1/subscriptions/kit-2", "/v1/plans/grid/migrations/spring", "/v1/plans/grid/migrations/later", "/v1/re-ratings/grid",
    ];

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PlanAsync(Grid("10"));
        await tenant.CustomerAsync("kit", "EUR", "grid", "2026-01-01T00:00:00Z");
        await tenant.PostAsync("v1/subscriptions", new { id = "kit-1", customer = "kit", plan = "grid", start = "2026-01-01T00:00:00Z" });
        await tenant.PostAsync("v1/subscriptions", new JsonObject
        {
            ["id"] = "kit-2", ["customer"] = "kit", ["plan"] = "grid", ["start"] = "2026-01-15T00:00:00Z", ["anchorDate"] = "2026-01-15",
            ["overrides"] = new JsonObject { ["charges"] = new JsonArray(new JsonObject { ["id"] = "fee", ["amount"] = "7" }) },
        });
        await tenant.PostAsync(Agreements, new
        {
            id = "frame", minimum = new { amount = "40" }, maximum = new { amount = "60", prorate = true }, from = "2026-01-01T00:00:00Z",
        });
    }

    public static async Task AfterJanuaryAsync(TestTenant tenant)
    {
        await tenant.PlanAsync(Grid("12"));
        await tenant.PostAsync(Migrations, new { id = "spring", fromVersion = 1, keep = new[] { "kit" } });
        await tenant.PostAsync(Migrations + "/spring/apply", new { });
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.PostAsync(Agreements + "/frame/end", new { at = "2026-02-05T00:00:00Z" });
        await tenant.PostAsync(Agreements, new { id = "next", minimum = new { amount = "50" }, from = "2026-02-05T00:00:00Z" });
        await tenant.PostAsync("v1/re-ratings", new JsonObject
        {
            ["id"] = "grid", ["plan"] = "grid", ["wrongVersion"] = 1, ["definition"] = JsonNode.Parse(Grid("9")), ["from"] = "2026-01-01T00:00:00Z",
            ["to"] = "2026-02-01T00:00:00Z",
        });
        await tenant.PostAsync("v1/re-ratings/grid/apply", new { });
        await tenant.PostAsync(Migrations, new { id = "later", fromVersion = 1, agreedTerms = "drop" });
    }

    private static string Grid(string fee) => $$"""
        { "id": "grid", "currency": "EUR", "charges": [ { "id": "fee", "kind": "recurring", "amount": "{{fee}}" },
          { "id": "data", "meter": "data", "unitPrice": "0.5" } ] }
        """;
}
