using OrleansBilling.Contracts.Reservations;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Reservations;

/// <summary>Devices of three subscriptions of a customer, in all partitions, race for one limit on money.</summary>
internal static class ReservationRace
{
    /// <summary>They reserve, report parts, renew, give back and come again, until hardly anything is left.</summary>
    /// <param name="plan">Charges meter <c>data</c>.</param>
    /// <param name="enough">Total of the bill at which they stop.</param>
    /// <param name="refusal">Code of an answer that grants nothing.</param>
    /// <returns>What they have used in all.</returns>
    public static async Task<decimal> RunAsync(BillingCluster cluster, string plan, decimal enough, string refusal)
    {
        string[] subscriptions = ["s", "s2", "s3"];
        await cluster.SubscribeAsync("t", "c", "s2", plan, "2026-06-01T00:00:00Z");
        await cluster.SubscribeAsync("t", "c", "s3", plan, "2026-06-01T00:00:00Z");
        var devices = Enumerable.Range(1, 18).Select(i => $"r{i}").ToArray();
        for (var i = 0; i < devices.Length; i++)
        {
            await cluster.RegisterAsync("t", devices[i], subscriptions[i % 3]);
        }
        return (await Task.WhenAll(devices.Select((device, seed) => UseAsync(cluster, device, new Random(seed), enough, refusal)))).Sum();
    }

    /// <summary>Whoever is told that nothing is left only while another one keeps something comes again.</summary>
    public static async Task<decimal> UseAsync(BillingCluster cluster, string device, Random random, decimal enough, string refusal)
    {
        var used = 0m;
        for (var n = 0; ; n++)
        {
            var granted = await cluster.Device("t", device).Reserve(
                new($"{device}-{n}", "data", random.Next(1, 60) / 4m, null, null, null, ReservationSpec.DefaultLease));
            if (granted.Value is not { } reservation)
            {
                Assert.Equal(refusal, granted.Errors.Single().Code);
                if ((await cluster.BillAsync("t", "c")).Total >= enough)
                {
                    return used;
                }
                continue;
            }
            used += await SpendAsync(cluster, device, reservation, random);
        }
    }

    /// <summary>Reports a part of a grant, asks for another one now and then, and gives the rest back or uses it.</summary>
    /// <returns>What it has used.</returns>
    public static async Task<decimal> SpendAsync(BillingCluster cluster, string device, ReservationView reservation, Random random)
    {
        var part = random.Next(2) == 0 ? reservation.Granted : Math.Floor(reservation.Granted * 4m * random.Next(0, 100) / 100m) / 4m;
        var next = random.Next(3) == 0 ? new ReservationNext(random.Next(1, 60) / 4m, 300) : null;
        var after = Ok(await cluster.Device("t", device).ReportReserved(reservation.Id, new(1, part, null, null, next, false)));
        var rest = random.Next(2) == 0 ? after.Granted : 0m;
        Ok(await cluster.Device("t", device).ReportReserved(reservation.Id, new(2, rest, null, null, null, true)));
        return part + rest;
    }
}
