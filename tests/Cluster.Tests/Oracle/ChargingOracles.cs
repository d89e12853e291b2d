using System.Globalization;
using NodaTime;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Electric vehicles.</summary>
internal static class ChargingOracles
{
    public static OracleBill Scottish(string data, string dataset)
    {
        var bill = new OracleBill("Europe/London");
        foreach (var row in Oracles.Files(data, dataset, "sessions").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            var (point, kwhText) = (row("CP ID"), row("Total kWh"));
            if (kwhText.Length > 0 && OracleBill.Number(kwhText) == 0m)
            {
                bill.Skipped++;
                continue;
            }

            if (point.Length == 0 || kwhText.Length == 0 || OracleBill.Number(kwhText) < 0m)
            {
                bill.Rejected++;
                continue;
            }

            bill.Events++;
            var kwh = OracleBill.Number(kwhText);
            var date = Unswap(row("Start Date"));
            var model = row("Model");
            var isRapid = dataset == "ev-dundee"
                ? model.Contains("Rapid", StringComparison.Ordinal) || model.Contains("50kW", StringComparison.Ordinal)
                : model.Contains("Rapid", StringComparison.Ordinal)
                    && !model.Contains("Semi-Rapid", StringComparison.Ordinal);
            bill.Add($"cp-{point}", isRapid ? "energy-rapid" : "energy-standard", date, kwh,
                kwh * (isRapid ? 0.50m : 0.45m));
            bill.Add($"cp-{point}", "connection", date, 1m, 0.38m);
        }

        return bill;
    }

    public static OracleBill Boulder(string data)
    {
        var bill = new OracleBill("America/Denver");
        foreach (var row in Oracles.Files(data, "ev-boulder").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events += 2;
            var station = string.Join('-', row("Station_Name").ToLowerInvariant()
                .Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries));
            var start = DateTime.ParseExact(
                row("Start_Date___Time")[..19], "yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            var time = Instant.FromDateTimeUtc(start);
            var parts = row("Total_Duration__hh_mm_ss_").Split(':').Select(part =>
                int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            var seconds = (decimal)((((parts[0] * 60) + parts[1]) * 60) + parts[2]);
            bill.AddPriced(station, "time", time, seconds, 0m);
            if (station.StartsWith("comm-vitality", StringComparison.Ordinal))
            {
                bill.AddPriced(station, "long-stay", time, Math.Max(0m, seconds - 7200m), 0m);
            }

            bill.AddPriced(station, "energy", time, OracleBill.Number(row("Energy__kWh_")), 0m);
        }

        PriceSeconds(bill, "time", 1.00m);
        PriceSeconds(bill, "long-stay", 1.50m);
        return bill;
    }

    public static OracleBill Norway(string data)
    {
        var bill = new OracleBill("Europe/Oslo");
        foreach (var row in Oracles.Files(data, "ev-norway-residential").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events++;
            var text = row("Start_plugin");
            var date = new LocalDate(
                int.Parse(text[6..10], CultureInfo.InvariantCulture),
                int.Parse(text[3..5], CultureInfo.InvariantCulture),
                int.Parse(text[..2], CultureInfo.InvariantCulture));
            var kwh = OracleBill.Number(row("El_kWh").Replace(',', '.'));
            bill.Add(row("User_ID"), "energy", date, kwh, kwh * 1.625m);
            bill.Add(row("User_ID"), "sessions", date, 1m, 0.5m);
        }

        return bill;
    }

    public static OracleBill Workplace(string data)
    {
        var bill = new OracleBill("UTC");
        foreach (var row in Oracles.Files(data, "ev-workplace").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events += 2;
            var station = $"station-{row("stationId")}";
            var (from, to) = (Time(row("created")), Time(row("ended")));
            var seconds = (decimal)(to - from).TotalSeconds;
            var steps = Math.Ceiling(Math.Max(0m, seconds - 14_400m) / 300m);
            var date = LocalDate.FromDateTime(from);
            bill.Add(station, "overtime", date, steps * 300m, 0m);
            bill.Add(station, "energy", date, OracleBill.Number(row("kwhTotal")), 0m);
        }

        PriceSeconds(bill, "overtime", 1.00m);
        return bill;
    }

    /// <summary>Whole seconds times the price first, then the division, so that half a cent is half a cent.</summary>
    private static void PriceSeconds(OracleBill bill, string charge, decimal pricePerHour)
    {
        foreach (var (key, line) in bill.Lines.Where(line => line.Key.Charge == charge).ToList())
        {
            bill.Lines[key] = new(line.Quantity / 3600m, line.Quantity * pricePerHour / 3600m);
        }
    }

    private static DateTime Time(string text) =>
        DateTime.ParseExact("2" + text[1..], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The publisher's spreadsheet read 5 June as 6 May wherever that is a date.</summary>
    private static LocalDate Unswap(string text)
    {
        var (year, month, day) = (int.Parse(text[..4], CultureInfo.InvariantCulture),
            int.Parse(text[5..7], CultureInfo.InvariantCulture), int.Parse(text[8..10], CultureInfo.InvariantCulture));
        return day <= 12 ? new(year, day, month) : new(year, month, day);
    }
}
