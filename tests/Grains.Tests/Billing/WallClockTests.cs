using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

public sealed class WallClockTests
{
    [Fact]
    public async Task A_month_closes_by_itself_also_after_a_restart_and_without_another_event()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        await using var cluster = await StartAsync(time: time);
        await cluster.CreateTenantAsync("t", null);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        Assert.Equal(UsageStatus.Accepted, (await cluster.SendAsync("t", Event("e", "d", "m", "2026-01-31T11:00:00Z", 10m))).Status);

        time.Advance(TimeSpan.FromHours(12.9));
        await cluster.RestartAsync();
        Assert.Empty((await cluster.Customer("t", "c").Invoices(null, 10)).Items);
        time.Advance(TimeSpan.FromMinutes(10));
        var invoice = await FirstInvoice(cluster);
        Assert.Equal((2.50m, At("2026-02-01T00:00:00Z")), (invoice.Total, invoice.PeriodEnd));
        Assert.Equal(
            UsageStatus.Late, (await cluster.SendAsync("t", Event("f", "d", "m", "2026-01-31T11:00:00Z", 10m))).Status);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    private static async Task<InvoiceView> FirstInvoice(BillingCluster cluster)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if ((await cluster.Customer("t", "c").Invoices(null, 10)).Items is [var invoice])
            {
                return invoice;
            }
            await Task.Delay(50, deadline.Token);
        }
    }
}
