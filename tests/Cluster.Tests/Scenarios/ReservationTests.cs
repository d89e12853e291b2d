using System.Globalization;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>Many clients race for the same quota on three silos, and every silo is killed once in the middle of it.</summary>
public sealed class ReservationTests(ITestOutputHelper output) : IDisposable
{
    private const int Partitions = 12;
    private const int Devices = 16;
    private const decimal Limit = 800m;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly TempDirectory _directory = new();
    private long _quarters;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Racing_reservations_never_exceed_a_limit_whichever_silo_is_killed()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await ClusterUnderTest.StartAsync(3, 2, Partitions, _directory.Path, journal, new GatewayList());
        var urls = cluster.Gateways.Select(gateway => gateway.Address.Http).ToArray();
        using var server = new BillingClient(urls[0], ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "quota", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "MB");
        await tenant.PlanAsync($$"""
            {"id":"p","currency":"EUR","charges":[{"id":"u","meter":"m","unitPrice":"1","freeQuantity":"{{Limit}}","blockAt":"included"}]}
            """);
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        foreach (var device in Enumerable.Range(0, Devices))
        {
            await tenant.DeviceAsync($"d{device}", "c");
        }

        var told = await RaceAsync(cluster, tenant, urls, "reservation.limit_reached");
        var line = (await tenant.BillAsync("c")).GetProperty("lines").EnumerateArray().Single();
        output.WriteLine($"{told.Sum(t => t.Reservations)} reservations, {told.Sum(t => t.Used)} MB, {told.Sum(t => t.Retries)} repeats");
        Assert.Equal(Limit, told.Sum(t => t.Used));
        Assert.Equal((Limit, 0m), (BillComparison.Number(line, "quantity"), BillComparison.Number(line, "amount")));
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
    }

    /// <summary>
    /// The same for the money of one customer: each device has a subscription of its own, in any partition, and all of them share one
    /// wallet in another one. What they use at 1.00 each is what is in it, to the cent.
    /// </summary>
    [Fact]
    public async Task Racing_reservations_never_overdraw_a_wallet_whichever_silo_is_killed()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await ClusterUnderTest.StartAsync(3, 2, Partitions, _directory.Path, journal, new GatewayList());
        var urls = cluster.Gateways.Select(gateway => gateway.Address.Http).ToArray();
        using var server = new BillingClient(urls[0], ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "money", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "MB");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"u","meter":"m","unitPrice":"1"}]}""");
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await tenant.PostAsync("v1/customers/c/wallets", new { id = "w", onEmpty = "block" });
        await tenant.PostAsync("v1/customers/c/wallets/w/grants", new { id = "card", kind = "paid", amount = Text(Limit) });
        foreach (var device in Enumerable.Range(0, Devices))
        {
            await tenant.PostAsync("v1/subscriptions", new { id = $"s{device}", customer = "c", plan = "p", start = "2026-01-01T00:00:00Z" });
            await tenant.DeviceAsync($"d{device}", $"s{device}");
        }

        var told = await RaceAsync(cluster, tenant, urls, "reservation.balance_exhausted");
        var bill = await tenant.BillAsync("c");
        output.WriteLine($"{told.Sum(t => t.Reservations)} reservations, {told.Sum(t => t.Used)} MB, {told.Sum(t => t.Retries)} repeats");
        Assert.Equal(Limit, told.Sum(t => t.Used));
        Assert.Equal((Limit, 0m), (BillComparison.Number(bill, "total"), BillComparison.Number(bill, "amountDue")));
        var wallet = bill.GetProperty("wallets")[0];
        Assert.Equal(
            (Limit, 0m, 0m),
            (BillComparison.Number(wallet, "accrued"), BillComparison.Number(wallet, "reserved"), BillComparison.Number(wallet, "available")));
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
    }

    /// <summary>The same for the maximum that the customer agreed on over all its subscriptions: nothing is cut off the bill, because nothing exceeds it.</summary>
    [Fact]
    public async Task Racing_reservations_never_exceed_an_agreed_maximum_whichever_silo_is_killed()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await ClusterUnderTest.StartAsync(3, 2, Partitions, _directory.Path, journal, new GatewayList());
        var urls = cluster.Gateways.Select(gateway => gateway.Address.Http).ToArray();
        using var server = new BillingClient(urls[0], ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "agreed", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "MB");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"u","meter":"m","unitPrice":"1"}]}""");
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await tenant.PostAsync("v1/customers/c/agreements", new { id = "cap", maximum = new { amount = Limit, block = true } });
        foreach (var device in Enumerable.Range(0, Devices))
        {
            await tenant.PostAsync("v1/subscriptions", new { id = $"s{device}", customer = "c", plan = "p", start = "2026-01-01T00:00:00Z" });
            await tenant.DeviceAsync($"d{device}", $"s{device}");
        }

        var told = await RaceAsync(cluster, tenant, urls, "reservation.limit_reached");
        var bill = await tenant.BillAsync("c");
        output.WriteLine($"{told.Sum(t => t.Reservations)} reservations, {told.Sum(t => t.Used)} MB, {told.Sum(t => t.Retries)} repeats");
        Assert.Equal((Limit, Limit), (told.Sum(t => t.Used), BillComparison.Number(bill, "total")));
        Assert.All(bill.GetProperty("lines").EnumerateArray(), line => Assert.Equal("usage", line.GetProperty("kind").GetString()));
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
    }

    /// <summary>Every device uses what it is granted, while one silo after the other is killed.</summary>
    private async Task<(decimal Used, int Reservations, long Retries)[]> RaceAsync(
        ClusterUnderTest cluster, TestTenant tenant, Uri[] urls, string refusal)
    {
        var clients = Enumerable.Range(0, Devices)
            .Select(i => UseAsync(tenant.At(urls[i % urls.Length]), $"d{i}", new Random(i), refusal)).ToArray();
        for (var silo = 0; silo < 3; silo++)
        {
            var enough = (long)(Limit * 4m * (silo + 1) / 4m);
            await Wait.UntilAsync(() => Interlocked.Read(ref _quarters) >= enough, $"{enough} quarters are used", Patience);
            await cluster.Silos[silo].KillAsync();
            await cluster.HealAsync(silos: 3);
        }
        var told = await Task.WhenAll(clients);
        await cluster.ReadyAsync();
        return told;
    }

    /// <summary>
    /// Uses all that it is granted, in two parts or one, until all of the quota is used. An answer that was lost is asked for again, so
    /// what this counts is what the server must have counted.
    /// </summary>
    private async Task<(decimal Used, int Reservations, long Retries)> UseAsync(
        TestTenant tenant, string device, Random random, string refusal)
    {
        using var client = tenant;
        var (used, reservations) = (0m, 0);
        for (var n = 0; ; n++)
        {
            JsonElement granted;
            try
            {
                granted = await client.PostAsync(
                    $"v1/devices/{device}/reservations", new { id = $"{device}-{n}", meter = "m", quantity = Text(random.Next(1, 40) / 4m) });
            }
            catch (ApiException refused) when (refused.Code == refusal)
            {
                var lines = (await client.BillAsync("c")).GetProperty("lines");
                if (lines.EnumerateArray().Sum(line => BillComparison.Number(line, "quantity")) >= Limit)
                {
                    return (used, reservations, client.Client.Retries);
                }
                continue;
            }
            reservations++;
            var quantity = BillComparison.Number(granted, "granted");
            var part = random.Next(2) == 0 ? 0m : Math.Floor(quantity * 2m) / 4m;
            if (part > 0m)
            {
                await client.PostAsync($"v1/devices/{device}/reservations/{device}-{n}/report", new { number = 1, quantity = Text(part) });
            }
            await client.PostAsync(
                $"v1/devices/{device}/reservations/{device}-{n}/release",
                new { number = part > 0m ? 2 : 1, quantity = Text(quantity - part) });
            used += quantity;
            Interlocked.Add(ref _quarters, (long)(quantity * 4m));
        }
    }

    private static string Text(decimal quantity) => quantity.ToString(CultureInfo.InvariantCulture);
}
