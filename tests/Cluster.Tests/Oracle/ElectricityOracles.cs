using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Homes and buildings.</summary>
internal static class ElectricityOracles
{
    private static readonly LocalDateTimePattern Text =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    public static OracleBill Sgsc(string data)
    {
        var bands = Oracles.Files(data, "lcl-dtou-schedule", "tariffs").SelectMany(file => PlainCsv.Named(file))
            .ToDictionary(row => row("TariffDateTime"), row => row("Tariff"));
        var prices = new Dictionary<string, decimal> { ["High"] = 0.6720m, ["Normal"] = 0.1176m, ["Low"] = 0.0399m };
        var bill = new OracleBill("UTC");
        foreach (var row in Oracles.Files(data, "sgsc-electricity").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events++;
            var (home, text, kwh) =
                (row("customer_id"), row("reading_datetime"), OracleBill.Number(row("general_supply_kwh")));
            var date = Text.Parse(text).Value.Date;
            if (bands.TryGetValue(text, out var band))
            {
                bill.Add($"customer-{home}-dtou", "energy", date, kwh, kwh * prices[band]);
            }
            else
            {
                bill.Add($"customer-{home}-flat", "energy", date, kwh, kwh * 0.14228m);
            }
        }

        return bill;
    }

    public static OracleBill Cambridge(string data)
    {
        var prices = Oracles.Files(data, "octopus-agile-prices", "import_price").SelectMany(file =>
            PlainCsv.Named(file))
            .ToDictionary(row => row("datetime"), row => OracleBill.Number(row("Electricity Pricing [£/kWh]")));
        var bill = new OracleBill("UTC");
        var buildings = new HashSet<string>();
        LocalDate first = new(9999, 1, 1), last = new(1, 1, 1);
        foreach (var file in Oracles.Files(data, "cambridge-buildings"))
        {
            var building = "building-" + Path.GetFileName(Path.GetDirectoryName(file));
            buildings.Add(building);
            var isGas = Path.GetFileName(file).StartsWith("gas", StringComparison.Ordinal);
            foreach (var row in PlainCsv.Named(file))
            {
                bill.Rows++;
                bill.Events++;
                var date = Text.Parse(row("datetime")).Value.Date;
                (first, last) = (LocalDate.Min(first, date), LocalDate.Max(last, date));
                var kwh = OracleBill.Number(row(isGas ? "heating load [kWh]" : "equipment load [kWh]"));
                bill.Add(building, isGas ? "gas" : "electricity", date, kwh,
                    kwh * (isGas ? 0.0306m : prices[row("datetime")]));
            }
        }

        foreach (var building in buildings)
        {
            for (var month = new LocalDate(first.Year, first.Month, 1); month <= last; month = month.PlusMonths(1))
            {
                var days = Days(month, month.PlusMonths(1));
                bill.Add(building, "standing", month, days, days * 0.21m);
            }
        }

        return bill;
    }

    public static OracleBill HueBcHydro(string data)
    {
        // Two months from 1 May: odd months begin a period.
        static LocalDate TwoMonths(LocalDate date) => new(date.Year, date.Month - (date.Month % 2 == 0 ? 1 : 0), 1);
        var bill = new OracleBill("America/Vancouver", TwoMonths);
        Hue(data, bill, (_, _, _) => 0m);
        bill.Price("energy", (start, kwh) =>
        {
            var step = Days(start, start.PlusMonths(2)) * 22.1918m;
            return (Math.Min(kwh, step) * 0.0752m) + (Math.Max(0m, kwh - step) * 0.1127m);
        });
        return bill;
    }

    public static OracleBill HuePge(string data)
    {
        var bill = new OracleBill("America/Vancouver");
        Hue(data, bill, (_, _, _) => 0m);
        bill.Price("energy", (start, kwh) =>
        {
            var days = Days(start, start.PlusMonths(1));
            var (one, two) = (9.8m * days, 39.2m * days);
            var amount = (Math.Min(kwh, one) * 0.23522m)
                + (Math.Max(0m, Math.Min(kwh, two) - one) * 0.29600m)
                + (Math.Max(0m, kwh - two) * 0.51860m);
            return Math.Max(9.86m, amount);
        });
        return bill;
    }

    public static OracleBill HueOntario(string data)
    {
        LocalDate[] holidays = [new(2012, 12, 25), new(2012, 12, 26), new(2013, 1, 1)];
        var bill = new OracleBill("America/Vancouver");
        Hue(data, bill, (date, hour, kwh) =>
        {
            var isOff = date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday || holidays.Contains(date);
            return kwh * (isOff ? 0.062m
                : hour is (>= 7 and < 11) or (>= 17 and < 19) ? 0.108m
                : hour is >= 11 and < 17 ? 0.092m
                : 0.062m);
        });
        return bill;
    }

    private static void Hue(string data, OracleBill bill, Func<LocalDate, int, decimal, decimal> exact)
    {
        foreach (var file in Oracles.Files(data, "hue-bc-hydro-house"))
        {
            var house = "house-" + Path.GetFileName(file).Split('.')[0];
            foreach (var row in PlainCsv.Named(file))
            {
                bill.Rows++;
                bill.Events++;
                var parts = row("date").Split('/').Select(part =>
                    int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
                var date = new LocalDate(parts[2], parts[0], parts[1]);
                var kwh = OracleBill.Number(row("energy_kWh"));
                var hour = int.Parse(row("hour"), CultureInfo.InvariantCulture);
                bill.Add(house, "energy", date, kwh, exact(date, hour, kwh));
            }
        }
    }

    private static int Days(LocalDate from, LocalDate to) => Period.DaysBetween(from, to);
}
