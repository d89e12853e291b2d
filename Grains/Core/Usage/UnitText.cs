namespace OrleansBilling.Core.Usage;

/// <summary>Messages about units, shared by meters and plans.</summary>
internal static class UnitText
{
    internal static string Unknown(string? symbol) => symbol is not null && MeasuredUnits.IsLookalike(symbol)
        ? $"'{symbol}' is ambiguous: write {Suggestion(symbol)} (capital letters matter)."
        : "Use a measured unit such as kWh, MB, MiB, L, m3, s or km, or a counted one such as events, trips or 1.";

    private static string Suggestion(string symbol) =>
        string.Equals(symbol, "KB", StringComparison.OrdinalIgnoreCase)
            ? "kB (1,000 bytes) or KiB (1,024 bytes)"
            : string.Join(" or ", MeasuredUnits.BySymbol.Keys
                .Where(known => string.Equals(known, symbol, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal));
}
