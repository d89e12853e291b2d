using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;
using Xunit.Abstractions;
using static OrleansBilling.Cluster.Tests.Support.BillComparison;

namespace OrleansBilling.Cluster.Tests.Scenarios;

[Collection(SiloCollection.Name)]
public sealed class YearTests(SiloFixture fixture, ITestOutputHelper output)
{
    private const string Plan = """
        {"id":"p","name":"Plan","currency":"EUR","cycle":{"unit":"month","count":1},"rounding":"halfAwayFromZero","charges":[
        {"id":"use","name":"Use","kind":"usage","meter":"energy","unit":"kWh","model":"graduated",
         "tiers":[{"upTo":"100","unitPrice":"0.10"},{"upTo":null,"unitPrice":"0.25"}]},
        {"id":"fee","name":"Fee","kind":"recurring","model":"flat","amount":"5.00"}]}
        """;

    [Fact]
    public async Task A_year_closes_month_by_month_and_late_usage_is_a_line_on_the_next_invoice()
    {
        var started = Stopwatch.GetTimestamp();
        using var tenant = await TestTenant.CreateAsync(fixture.Silo, "year", "2024-01-01T00:00:00Z");
        await tenant.MeterAsync("energy", "kWh");
        await tenant.PlanAsync(Plan);
        await tenant.CustomerAsync("c", "EUR", "p", "2024-01-01T00:00:00Z", "Europe/Berlin");
        await tenant.DeviceAsync("d", "c");
        for (var month = 1; month <= 12; month++)
        {
            await tenant.AdvanceAsync($"2024-{month:00}-15T12:00:00Z");
            Assert.Equal(["accepted"], await tenant.SendAsync(Use($"m{month}", $"2024-{month:00}-15T12:00:00Z", "90")));
            if (month == 6)
            {
                // Of May, which is closed: 90 + 30 = 120 kWh come to 15.00 in place of 9.00.
                Assert.Equal(["late"], await tenant.SendAsync(Use("late", "2024-05-31T20:00:00Z", "30")));
                Assert.Equal(["duplicate"], await tenant.SendAsync(Use("late", "2024-05-31T20:00:00Z", "30")));
            }
        }

        await tenant.AdvanceAsync("2025-01-01T01:00:00Z");
        var invoices = await tenant.InvoicesAsync("c");
        output.WriteLine($"{Stopwatch.GetElapsedTime(started)}");
        Assert.Equal(12, invoices.Count);
        for (var month = 1; month <= 12; month++)
        {
            var invoice = invoices[month - 1];
            Assert.Equal(month == 6 ? 14.00m + 6.00m : 14.00m, Number(invoice, "total"));
        }

        var late = invoices[5].GetProperty("lines").EnumerateArray().Single(line =>
            line.GetProperty("kind").GetString() == "lateUsage");
        Assert.Equal((6.00m, 30m), (Number(late, "amount"), Number(late, "quantity")));
        Assert.Equal("2024-04-30T22:00:00Z", late.GetProperty("periodStart").GetString());
        Assert.Equal(12, invoices.Select(invoice => invoice.GetProperty("id").GetString()).Distinct().Count());
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Usage_that_is_too_old_is_kept_and_usage_of_the_future_is_refused()
    {
        using var tenant = await TestTenant.CreateAsync(fixture.Silo, "window", "2024-03-01T00:00:00Z", window: "P10D");
        await tenant.MeterAsync("energy", "kWh");
        await tenant.PlanAsync(Plan);
        await tenant.CustomerAsync("c", "EUR", "p", "2024-01-01T00:00:00Z");
        await tenant.DeviceAsync("d", "c");
        Assert.Equal(
            ["quarantined", "rejected", "accepted"],
            await tenant.SendAsync(
                Use("old", "2024-02-01T00:00:00Z", "1"),
                Use("future", "2024-03-01T00:06:00Z", "1"),
                Use("soon", "2024-03-01T00:04:00Z", "1")));
        var kept = await tenant.Client.GetAsync("v1/quarantine", default);
        var item = Assert.Single(kept.GetProperty("items").EnumerateArray());
        Assert.Equal(("old", "usage.too_old"),
            (item.GetProperty("id").GetString(), item.GetProperty("reason").GetString()));
    }

    private static object Use(string id, string time, string value) =>
        new { id, device = "d", meter = "energy", time, value };
}
