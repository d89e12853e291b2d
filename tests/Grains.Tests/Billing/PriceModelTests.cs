using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Plans with every price model of money and dimensions, through the whole path.</summary>
public sealed class PriceModelTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"pay","meter":"money","where":{"kind":["pay"]},"model":"percentage","ratePercent":"2.5","fixedFee":"0.10","minimumPerEvent":"0.50","maximumPerEvent":"10"},
          {"id":"volume","meter":"money","where":{"kind":["pay"]},"model":"graduatedPercentage","tiers":[{"upTo":"1000","ratePercent":"2"},{"ratePercent":"1"}]},
          {"id":"roam","meter":"money","where":{"kind":["roam"]},"model":"dynamic","markupPercent":"15","maximumPerEvent":"5"},
          {"id":"data","meter":"data","timeOfUse":{"windows":[{"name":"day","from":"06:00","to":"22:00","model":"matrix",
            "matrix":{"dimensions":["zone","type"],"counters":"shared","rows":[
              {"name":"eu","keys":{"zone":["eu","uk"]},"model":"graduated","tiers":[{"upTo":"100","unitPrice":"0.10"},{"unitPrice":"0.05"}]},
              {"name":"us","keys":{"zone":"us","type":"*"},"model":"graduated","tiers":[{"upTo":"100","unitPrice":"0.20"},{"unitPrice":"0.15"}]}]}}],
            "otherwise":{"name":"night","unitPrice":"0.01"}}}],
          "minimum":{"amount":"100"},"maximum":{"amount":"400"},
          "discounts":[{"id":"welcome","percent":"10","periods":1},{"id":"off","amount":"3","charges":["data"]}]}
        """;

    [Fact]
    public async Task A_bill_of_all_price_models_closes_is_adjusted_by_late_usage_and_is_audited()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        UsageResult[] results = await cluster.SendAsync("t",
        [
            Event("1", "d1", "money", "2026-01-05T12:00:00Z", 5m, ("kind", "pay")),
            Event("2", "d2", "money", "2026-01-06T12:00:00Z", 1000m, ("kind", "pay")),
            Event("3", "d1", "money", "2026-01-07T12:00:00Z", 8m, ("kind", "roam")),
            Event("4", "d2", "money", "2026-01-07T12:00:00Z", 2m, ("kind", "roam")),
            Event("5", "d1", "data", "2026-01-08T12:00:00Z", 80m, ("zone", "uk")),
            Event("6", "d2", "data", "2026-01-08T12:00:00Z", 60m, ("zone", "us")),
            Event("7", "d2", "data", "2026-01-08T23:00:00Z", 100m, ("zone", "mars")),
            Event("8", "d2", "data", "2026-01-08T12:00:00Z", 1m, ("zone", "mars")),
            Event("9", "d1", "money", "2026-01-07T12:00:00Z", 8m, ("kind", "roam")) with { Unit = "USD" },
        ]);
        Assert.Equal(
            [.. Enumerable.Repeat((UsageStatus.Accepted, (string?)null), 7), (UsageStatus.Quarantined, "rating.no_price_for_dimensions"),
                (UsageStatus.Rejected, "usage.unit_mismatch")],
            results.Select(r => (r.Status, r.Code)));
        Assert.Equal([5m, 2.3m], results[2..4].Select(r => r.Charge!.Value));

        // 0.50 + 10; 20 + 0.05; 5 + 2.30; 80 * 0.10 + 20 * 0.20 + 40 * 0.15 + 100 * 0.01; up to 100; 10 %; 3 off.
        string[] expected = ["pay 10.50", "volume 20.05", "roam 7.30", "data 19.00", "minimum 43.15", "welcome -10.00", "off -3.00"];
        Assert.Equal(expected, (await cluster.BillAsync("t", "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        Assert.True((await cluster.AuditAsync("t")).Agrees);

        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        await cluster.SendAsync("t", Event("10", "d1", "data", "2026-01-09T12:00:00Z", 200m, ("zone", "eu")));
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        var invoices = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.OrderBy(i => i.PeriodEnd).ToArray();
        Assert.Equal(expected, invoices[0].Lines.Select(l => $"{l.ChargeId} {l.Amount}"));

        // 280 * 0.10 in tiers: 100 * 0.10 + 180 * 0.05 = 19; 60 * 0.15 = 9; night 1: 29 in place of 19. The true-up shrinks as much.
        Assert.Equal(
            ["minimum 100.00", "data 10.00", "minimum -10.00"], invoices[1].Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("; ", audit.Findings.Select(f => $"{f.Code} {f.Expected} {f.Actual}")));
    }

    private static async Task Prepare(BillingCluster cluster)
    {
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "money", "EUR");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d1", "s");
        await cluster.RegisterAsync("t", "d2", "s");
    }
}
