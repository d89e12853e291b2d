using System.Globalization;
using NodaTime;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Demo;
using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Rows;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>
/// What the maps make of the files, and what the oracle computes, agree with totals that were taken from the raw rows
/// when the data was collected. They need the whole data beside the checkout; the repository's samples have no such
/// totals.
/// </summary>
public sealed class CheckValueTests
{
    [SharedDataFact]
    public void Mapped_homes_agree() =>
        Compare("sgsc-electricity", "UTC", (e, month) => (e.Device["home-".Length..], month), ("total", Value));

    [SharedDataFact]
    public void Mapped_buildings_agree() => Compare(
        "cambridge-buildings", "UTC", (e, month) => (e.Device.Replace('-', '/'), month), ("total", Value),
            alsoYears: true);

    [SharedDataFact]
    public void Mapped_house_agrees() =>
        Compare("hue-bc-hydro-house", "America/Vancouver", (e, month) => (e.Device, month), ("total", Value));

    [SharedDataFact]
    public void Mapped_water_uses_agree() => Compare(
        "weusedto-water", "UTC",
        (e, month) => (e.Device switch
        {
            "feed-toilet" => "feed.Toilet",
            "feed-bidet-myd" => "feed_Bidet.MYD",
            "feed-kitchenfaucet-myd" => "feed_Kitchenfaucet.MYD",
            "feed-washbasin-myd" => "feed_Washbasin.MYD",
            _ => "",
        }, month),
        ("total", Value));

    [SharedDataFact]
    public void Mapped_registers_agree()
    {
        Compare(
            "ampds2-water-gas", "UTC", (e, month) => (e.Meter == "water" ? "Water_WHW" : "NaturalGas_FRG", month),
            ("end_register", Value), combine: Math.Max);
        Compare(
            "danish-heat-meter", "UTC", (e, month) => (e.Meter == "heat" ? "660" : "", month), ("end_register", Value),
            combine: Math.Max);
    }

    [SharedDataFact]
    public void Mapped_sessions_agree()
    {
        Compare("ev-dundee", "UTC", (e, _) => (e.Device["cp-".Length..], "all"), ("total_of_positive_only", Value),
            withAll: true);
        Compare("ev-perth-kinross", "UTC", (e, _) => (e.Device["cp-".Length..], "all"),
            ("total_of_positive_only", Value), withAll: true);
        Compare("ev-boulder", "UTC", (e, month) => ("ALL", e.Meter == "energy" ? month : ""), ("total", Value));
        Compare("ev-norway-residential", "Europe/Oslo", (e, month) => (e.Device, month), ("total", Value),
            withAll: true);
        Compare(
            "ev-workplace", "UTC", (e, month) =>
                (e.Device["station-".Length..], e.Meter == "energy" ? "00" + month[2..] : ""),
            ("total", Value), withAll: true);
    }

    [SharedDataFact]
    public void Mapped_messages_and_flows_agree()
    {
        Compare("lorawan-helium", "UTC", (e, month) => (e.Device, month), ("data_credits", Value));
        Compare("lorawan-helium", "UTC", (e, month) => (e.Device, month), ("frames", One));
        Compare("iot23-flows", "UTC", (e, _) => (e.Device.Split('/')[0], e.Device.Split('/')[1]), ("total", Value));
        Compare("iot23-flows", "UTC", (e, _) => (e.Device.Split('/')[0], "ALL"), ("flows", One));
    }

    [SharedDataFact]
    public void Mapped_trips_agree()
    {
        Compare(
            "healthyride-trips", "America/New_York", (e, month) => (e.Device["bike-".Length..], month),
                ("total", Value),
            withAll: true);
        Compare(
            "austin-scooter-trips", "UTC", (e, _) => (e.Device, e.Meter == "trip-distance" ? "all" : ""),
                ("total", Value));
    }

    [SharedDataFact]
    public void Oracle_rates_the_house_like_the_check_values()
    {
        var bill = ElectricityOracles.HueBcHydro(Places.SharedData!);
        foreach (var period in CheckValues.Rated("hue_bc_hydro_two_step").GetProperty("periods").EnumerateArray())
        {
            var start = NodaTime.Text.LocalDatePattern.Iso.Parse(period.GetProperty("from").GetString()!).Value;
            var line = bill.Lines[("house-Residential_1", "energy", start)];
            Assert.Equal(CheckValues.Number(period, "kwh"), line.Quantity);
            Assert.Equal(CheckValues.Number(period, "energy_charge_cad"), line.Exact);
        }
    }

    [SharedDataFact]
    public void Oracle_rates_price_bands_like_the_check_values()
    {
        var bill = ElectricityOracles.Sgsc(Places.SharedData!);
        foreach (var (home, month, values) in Months("sgsc_with_lcl_dtou"))
        {
            var line = bill.Lines[($"customer-{home}-dtou", "energy", month)];
            Assert.Equal(CheckValues.Number(values, "pence") / 100m, line.Exact);
        }
    }

    [SharedDataFact]
    public void Oracle_rates_hourly_prices_like_the_check_values()
    {
        var bill = ElectricityOracles.Cambridge(Places.SharedData!);
        foreach (var (device, month, values) in Months("cambridge_with_agile"))
        {
            var line = bill.Lines[($"building-{device.Split('/')[0]}", "electricity", month)];
            Assert.Equal(CheckValues.Number(values, "gbp"), line.Exact);
        }
    }

    [SharedDataFact]
    public void Oracle_rates_data_credits_like_the_check_values()
    {
        var bill = DataOracles.Helium(Places.SharedData!);
        foreach (var device in CheckValues.Rated("helium_data_credits").GetProperty("devices").EnumerateObject())
        {
            foreach (var month in device.Value.EnumerateObject().Where(month => month.Name != "all"))
            {
                var line = bill.Lines[(device.Name, "credits", Month(month.Name))];
                Assert.Equal(OracleBill.Number(month.Value.ToString()), line.Exact);
            }
        }
    }

    private static decimal Value(MappedEvent e) => e.Value;

    private static decimal One(MappedEvent e) => 1m;

    /// <summary>
    /// Every check value whose device and period appear in the mapped events equals them, and most appear.
    /// </summary>
    private static void Compare(
        string dataset,
        string zone,
        Func<MappedEvent, string, (string Device, string Period)> key,
        (string Field, Func<MappedEvent, decimal> Of) what,
        Func<decimal, decimal, decimal>? combine = null,
        bool withAll = false,
        bool alsoYears = false)
    {
        var totals = new Dictionary<(string, string), decimal>();
        var local = DateTimeZoneProviders.Tzdb[zone];
        void Count(string device, string period, decimal value) =>
            totals[(device, period)] = totals.TryGetValue((device, period), out var sum)
                ? (combine ?? decimal.Add)(sum, value) : value;
        foreach (var usage in Mapped(dataset))
        {
            var month = usage.Time.InZone(local).ToString("uuuu-MM", CultureInfo.InvariantCulture);
            var (device, period) = key(usage, month);
            Count(device, period, what.Of(usage));
            if (alsoYears)
            {
                Count(device, period[..4], what.Of(usage));
            }

            if (withAll && period.Length > 0)
            {
                Count("ALL", period, what.Of(usage));
            }
        }

        var compared = 0;
        foreach (var device in CheckValues.Dataset(dataset).EnumerateObject())
        {
            foreach (var period in device.Value.EnumerateObject().Where(p => p.Value.TryGetProperty(what.Field, out _)))
            {
                if (totals.TryGetValue((device.Name, period.Name), out var total))
                {
                    compared++;
                    Assert.True(
                        total == CheckValues.Number(period.Value, what.Field),
                        $"{dataset} {device.Name} {period.Name}: {total} is not {period.Value}");
                }
            }
        }

        Assert.True(compared >= 2, $"{dataset}: only {compared} check values were compared.");
    }

    private static IEnumerable<MappedEvent> Mapped(string dataset)
    {
        var scenario = Scenario.LoadAll(Places.Samples).First(scenario => scenario.Dataset == dataset);
        var map = MapReader.Load(Path.Combine(scenario.Directory, scenario.Map));
        var runner = new DemoRunner(new Uri("http://127.0.0.1:1"), "none", Places.SharedData!, TimeProvider.System);
        var events = new List<MappedEvent>();
        var ordinals = new OrdinalCounter();
        foreach (var path in runner.FilesOf(scenario))
        {
            var forFile = RowMapper.ForFile(map, path);
            using var file = SourceFile.Open(path, RowMapper.Format(forFile, path));
            var mapper = RowMapper.Bind(forFile, file, ordinals);
            while (file.Read() is { } row)
            {
                events.Clear();
                mapper.Map(row, events);
                foreach (var usage in events)
                {
                    yield return usage;
                }
            }
        }
    }

    private static IEnumerable<(string Device, LocalDate Month, System.Text.Json.JsonElement Values)> Months(
        string rated) =>
        from device in CheckValues.Rated(rated).GetProperty("devices").EnumerateObject()
        from month in device.Value.EnumerateObject()
        where month.Name.Length == 7
        select (device.Name, Month(month.Name), month.Value);

    private static LocalDate Month(string text) =>
        new(int.Parse(text[..4], CultureInfo.InvariantCulture), int.Parse(text[5..], CultureInfo.InvariantCulture), 1);
}
