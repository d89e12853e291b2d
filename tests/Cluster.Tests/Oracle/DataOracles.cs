using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Messages and data sessions.</summary>
internal static class DataOracles
{
    public static OracleBill Helium(string data)
    {
        var bill = new OracleBill("UTC");
        foreach (var line in Oracles.Files(data, "lorawan-helium", "ndjson").SelectMany(PlainCsv.Lines))
        {
            bill.Rows++;
            bill.Events++;
            using var frame = JsonDocument.Parse(line);
            var root = frame.RootElement;
            var size = root.GetProperty("payload_size").GetInt32();
            var credits = Math.Max(1, (size + 23) / 24) * root.GetProperty("hotspots").GetArrayLength();
            var time = Instant.FromUnixTimeMilliseconds(root.GetProperty("reported_at").GetInt64());
            var device = root.GetProperty("dev_eui").GetString()!;
            bill.AddPriced(device, "credits", time, credits, 0.00001m);
            bill.AddPriced(device, "frames", time, 1m, 0m);
        }

        return bill;
    }

    public static OracleBill Olivia(string data)
    {
        var bill = new OracleBill("Europe/Berlin");
        var firstDay = new Dictionary<string, LocalDate>();
        LocalDate last = new(1, 1, 1);
        foreach (var (sim, time, bytes) in Flows(data, bill))
        {
            var date = time.InZone(bill.Zone).Date;
            firstDay[sim] = firstDay.TryGetValue(sim, out var known) ? LocalDate.Min(known, date) : date;
            last = LocalDate.Max(last, date);
            var megabytes = Math.Ceiling(bytes / 1000m) * 1000m / 1_000_000m;
            bill.Add(sim, "data", date, megabytes, megabytes * 0.09m);
        }

        foreach (var (sim, first) in firstDay)
        {
            bill.Recur(sim, "sim", first, last, month =>
            {
                var days = Period.DaysBetween(month, month.PlusMonths(1));
                var active = first > month ? days - first.Day + 1 : days;
                return 1.00m * active / days;
            });
        }

        return bill;
    }

    public static OracleBill Soracom(string data)
    {
        var bill = new OracleBill("UTC");
        var firstDay = new Dictionary<string, LocalDate>();
        LocalDate last = new(1, 1, 1);
        foreach (var (sim, time, bytes) in Flows(data, bill))
        {
            var date = time.InZone(bill.Zone).Date;
            firstDay[sim] = firstDay.TryGetValue(sim, out var known) ? LocalDate.Min(known, date) : date;
            last = LocalDate.Max(last, date);
            bill.Add(sim, "data", date, bytes / 1024m, 0m);
        }

        bill.Price("data", (_, kibibytes) => Math.Ceiling(kibibytes / 100m) * 0.05m);
        foreach (var (sim, first) in firstDay)
        {
            bill.Recur(sim, "sim", first, last, _ => 0.40m);
            bill.Add(sim, "card", first, 1m, 5.00m);
        }

        return bill;
    }

    private static IEnumerable<(string Sim, Instant Time, decimal Bytes)> Flows(string data, OracleBill bill)
    {
        foreach (var file in Oracles.Files(data, "iot23-flows"))
        {
            var capture = Path.GetFileName(file).Split('.')[0];
            foreach (var row in PlainCsv.Named(file))
            {
                bill.Rows++;
                bill.Events++;
                var ticks = decimal.Parse(row("ts"), CultureInfo.InvariantCulture) * 10_000_000m;
                yield return (
                    $"{capture}/{row("id.orig_h")}",
                    Instant.FromUnixTimeTicks((long)ticks),
                    OracleBill.Number(row("orig_ip_bytes")) + OracleBill.Number(row("resp_ip_bytes")));
            }
        }
    }
}
