using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Sizes of units, written out again from their definitions.</summary>
internal static class OracleUnits
{
    private static readonly Dictionary<string, Rational> Sizes = new()
    {
        ["B"] = 1m, ["kB"] = 1000m, ["KiB"] = 1024m, ["MB"] = 1_000_000m, ["MiB"] = 1024m * 1024m,
        ["GB"] = 1_000_000_000m, ["GiB"] = 1024m * 1024m * 1024m,
        ["Wh"] = 1m, ["kWh"] = 1000m, ["MWh"] = 1_000_000m,
        ["L"] = 1m, ["m3"] = 1000m, ["ft3"] = 28.316846592m, ["100ft3"] = 2831.6846592m,
        ["s"] = 1m, ["min"] = 60m, ["h"] = 3600m,
        ["m"] = 1m, ["km"] = 1000m, ["mi"] = 1609.344m,
    };

    /// <summary>How many of one unit another is.</summary>
    internal static Rational Ratio(string from, string? to) => to is null || from == to ? 1 : Sizes[from] / Sizes[to];
}
