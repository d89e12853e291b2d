namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>An independent computation for each scenario of the demo, by its id.</summary>
internal static class Oracles
{
    public static IReadOnlyDictionary<string, Func<string, OracleBill>> All { get; } =
        new Dictionary<string, Func<string, OracleBill>>
        {
            ["sgsc"] = ElectricityOracles.Sgsc,
            ["cambridge"] = ElectricityOracles.Cambridge,
            ["hue-bc-hydro"] = ElectricityOracles.HueBcHydro,
            ["hue-pge"] = ElectricityOracles.HuePge,
            ["hue-ontario"] = ElectricityOracles.HueOntario,
            ["weusedto"] = WaterOracles.Weusedto,
            ["ampds2"] = WaterOracles.Ampds2,
            ["heat"] = WaterOracles.Heat,
            ["dundee"] = data => ChargingOracles.Scottish(data, "ev-dundee"),
            ["perth"] = data => ChargingOracles.Scottish(data, "ev-perth-kinross"),
            ["boulder"] = ChargingOracles.Boulder,
            ["norway"] = ChargingOracles.Norway,
            ["workplace"] = ChargingOracles.Workplace,
            ["helium"] = DataOracles.Helium,
            ["iot23-olivia"] = DataOracles.Olivia,
            ["iot23-soracom"] = DataOracles.Soracom,
            ["healthyride"] = TripOracles.HealthyRide,
            ["austin"] = TripOracles.Austin,
        };

    /// <summary>The data files of a data set, wherever below it.</summary>
    public static IReadOnlyList<string> Files(string data, string dataset, string contains = "") =>
        !Directory.Exists(Path.Combine(data, dataset)) ? []
        : [.. Directory.EnumerateFiles(Path.Combine(data, dataset), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".gz", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file).Contains(contains, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}
