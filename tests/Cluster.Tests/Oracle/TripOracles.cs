using System.Globalization;
using NodaTime;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Bikes and scooters.</summary>
internal static class TripOracles
{
    public static OracleBill HealthyRide(string data)
    {
        var bill = new OracleBill("America/New_York");
        foreach (var row in Oracles.Files(data, "healthyride-trips").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            bill.Events++;
            var parts = row("Starttime").Split('/', ' ');
            var date = new LocalDate(Int(parts[2]), Int(parts[0]), Int(parts[1]));
            var seconds = OracleBill.Number(row("Tripduration"));
            var isSubscriber = row("Usertype") == "Subscriber";
            var halfHours = Math.Ceiling(Math.Max(0m, seconds - (isSubscriber ? 1800m : 0m)) / 1800m);
            bill.Add(
                $"bike-{row("Bikeid")}", isSubscriber ? "subscribers" : "customers", date, halfHours / 2m,
                    halfHours * 2m);
        }

        return bill;
    }

    public static OracleBill Austin(string data)
    {
        var bill = new OracleBill("America/Chicago");
        foreach (var row in Oracles.Files(data, "austin-scooter-trips").SelectMany(file => PlainCsv.Named(file)))
        {
            bill.Rows++;
            var duration = row("Trip Duration");
            if (duration.Length == 0 || OracleBill.Number(duration) > 86_400m)
            {
                bill.Rejected++;
                continue;
            }

            bill.Events += 2;
            var text = row("Start Time");
            var date = new LocalDate(Int(text[6..10]), Int(text[..2]), Int(text[3..5]));
            var minutes = Math.Ceiling(OracleBill.Number(duration) / 60m);
            var kilometres = OracleBill.Number(row("Trip Distance")) / 1000m;
            bill.Add("fleet", "unlock", date, 1m, 1.00m);
            bill.Add("fleet", "minutes", date, minutes, minutes * 0.15m);
            bill.Add("fleet", "distance", date, kilometres, kilometres * 0.10m);
        }

        return bill;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
