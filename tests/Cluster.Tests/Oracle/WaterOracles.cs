using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Water, gas and heat: uses and registers.</summary>
internal static class WaterOracles
{
    public static OracleBill Weusedto(string data)
    {
        var bill = new OracleBill("Europe/Rome");
        LocalDate first = new(9999, 1, 1), last = new(1, 1, 1);
        foreach (var file in Oracles.Files(data, "weusedto-water", "feed"))
        {
            var name = Path.GetFileName(file);
            var isLitres = name.Contains("Toilet", StringComparison.Ordinal)
                || name.Contains("Dishwasher", StringComparison.Ordinal);
            foreach (var line in PlainCsv.Lines(file))
            {
                var cells = line.Split(',', ' ');
                if (cells[0] == "Time")
                {
                    continue;
                }

                bill.Rows++;
                var (seconds, flow) = (long.Parse(cells[0], CultureInfo.InvariantCulture), OracleBill.Number(cells[1]));
                if (flow < 0m || flow > (isLitres ? 100m : 5000m))
                {
                    bill.Rejected++;
                    continue;
                }

                bill.Events++;
                var decimals = cells[1].Contains('.', StringComparison.Ordinal)
                    ? cells[1].TrimEnd('0').Split('.')[1].Length : 0;
                if (decimals > 12)
                {
                    bill.Refused++;
                    continue;
                }

                var date = Instant.FromUnixTimeSeconds(seconds).InZone(bill.Zone).Date;
                if (date.Year < 2000)
                {
                    bill.Quarantined++;
                    continue;
                }

                (first, last) = (LocalDate.Min(first, date), LocalDate.Max(last, date));
                var cubicMetres = flow / (isLitres ? 1_000m : 1_000_000m);
                if (name.Contains("WholeHouse", StringComparison.Ordinal))
                {
                    bill.Add("whole-house", "water", date, cubicMetres, cubicMetres * 1.6m);
                    continue;
                }

                bill.Add("flat", "water", date, cubicMetres, 0m);
                if (name.Contains("Toilet", StringComparison.Ordinal))
                {
                    bill.Add("flat", "flushes", date, 1m, 0.015m);
                }
            }
        }

        foreach (var (key, line) in bill.Lines.Where(line =>
            line.Key is { Subscription: "flat", Charge: "water" }).ToList())
        {
            var m3 = line.Quantity;
            bill.Lines[key] = line with
            {
                Exact = (Math.Min(m3, 1m) * 1.25m) + (Math.Max(0m, Math.Min(m3, 3m) - 1m) * 1.875m) + (
                    Math.Max(0m, m3 - 3m) * 2.64m),
            };
        }

        bill.Recur("flat", "meter-rent", first, last, _ => 2.5m);
        return bill;
    }

    public static OracleBill Ampds2(string data)
    {
        const decimal LitresInHundredCubicFeet = 2831.6846592m;
        var bill = new OracleBill("America/Vancouver");
        foreach (var kind in new[] { "Water", "NaturalGas" })
        {
            decimal? before = null;
            var litres = new Dictionary<LocalDate, decimal>();
            foreach (var row in Oracles.Files(data, "ampds2-water-gas", kind).SelectMany(file => PlainCsv.Named(file)))
            {
                bill.Rows++;
                bill.Events++;
                var register = OracleBill.Number(row("counter"));
                var date = bill.PeriodOf(
                    Instant.FromUnixTimeSeconds(long.Parse(row("unix_ts"), CultureInfo.InvariantCulture)));
                litres[date] = litres.GetValueOrDefault(date) + register - (before ?? register);
                before = register;
            }

            foreach (var (month, used) in litres)
            {
                if (kind == "NaturalGas")
                {
                    bill.Add("house", "gas", month, used / 1000m, used / 1000m * 0.1975m);
                    continue;
                }

                var blocks = used / LitresInHundredCubicFeet;
                bill.Add("house", "environment", month, blocks, blocks * 0.254m);
                bill.Add(
                    "house", "water", month, blocks,
                    (Math.Min(blocks, 12m) * 2.011m) + (Math.Max(0m, Math.Min(blocks, 40m) - 12m) * 2.120m)
                    + (Math.Max(0m, blocks - 40m) * 2.228m));
            }
        }

        return bill;
    }

    public static OracleBill Heat(string data)
    {
        var bill = new OracleBill("Europe/Copenhagen");
        LocalDate first = new(9999, 1, 1), last = new(1, 1, 1);
        var before = new Dictionary<string, (decimal Heat, decimal Flow)>();
        foreach (var row in Oracles.Files(data, "danish-heat-meter").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events += 2;
            var home = $"heat-{row("meter_id")}";
            var date = InstantPattern.General.Parse(row("time_rounded")).Value.InZone(bill.Zone).Date;
            (first, last) = (LocalDate.Min(first, date), LocalDate.Max(last, date));
            var now = (Heat: OracleBill.Number(row("energy_heat_kwh")), Flow: OracleBill.Number(row("volume_flow_m3")));
            var then = before.GetValueOrDefault(home, now);
            bill.Add(home, "heat", date, now.Heat - then.Heat, (now.Heat - then.Heat) * 0.6543m);
            bill.Add(home, "flow", date, now.Flow - then.Flow, (now.Flow - then.Flow) * 2.75m);
            before[home] = now;
        }

        foreach (var home in before.Keys)
        {
            bill.Recur(home, "fixed", first, last, _ => 87.5m);
            bill.Add(home, "connection", first, 1m, 250m);
        }

        return bill;
    }
}
