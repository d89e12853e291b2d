using System.Collections.Frozen;

namespace OrleansBilling.Core.Usage;

/// <summary>The units that convert, with their exact factors.</summary>
/// <remarks>
/// Sources: SI prefixes; IEC 80000-13 (KiB, MiB …); the international foot of 0.3048 m, so one cubic foot is exactly
/// 28.316846592 L; the international mile of 1609.344 m.
/// </remarks>
internal static class MeasuredUnits
{
    private const decimal CubicFootInMillilitres = 28_316.846592m;

    internal static readonly FrozenDictionary<string, Unit> BySymbol = new Unit[]
    {
        new("B", "data", 1m),
        new("kB", "data", 1_000m),
        new("KiB", "data", 1_024m),
        new("MB", "data", 1_000_000m),
        new("MiB", "data", 1_048_576m),
        new("GB", "data", 1_000_000_000m),
        new("GiB", "data", 1_073_741_824m),
        new("TB", "data", 1_000_000_000_000m),
        new("TiB", "data", 1_099_511_627_776m),
        new("Wh", "energy", 1m),
        new("kWh", "energy", 1_000m),
        new("MWh", "energy", 1_000_000m),
        new("mL", "volume", 1m),
        new("L", "volume", 1_000m),
        new("m3", "volume", 1_000_000m),
        new("ft3", "volume", CubicFootInMillilitres),
        new("100ft3", "volume", 100m * CubicFootInMillilitres),
        new("ms", "time", 1m),
        new("s", "time", 1_000m),
        new("min", "time", 60_000m),
        new("h", "time", 3_600_000m),
        new("m", "length", 1m),
        new("km", "length", 1_000m),
        new("mi", "length", 1_609.344m),
    }.ToFrozenDictionary(unit => unit.Symbol, StringComparer.Ordinal);

    private static readonly FrozenSet<string> AnyCapitals =
        BySymbol.Keys.Append("KB").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name is a measured unit in other capitals.</summary>
    internal static bool IsLookalike(string symbol) => AnyCapitals.Contains(symbol) && !BySymbol.ContainsKey(symbol);
}
