namespace OrleansBilling.Gateway.Invoices;

/// <summary>Units of meters as UN/ECE Recommendation 20 codes, which e-invoices want (BT-130).</summary>
internal static class UnitCodes
{
    /// <summary>What is counted, and what has no code.</summary>
    public const string One = "C62";

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["Wh"] = "WHR", ["kWh"] = "KWH", ["MWh"] = "MWH", ["kW"] = "KWT", ["B"] = "AD", ["kB"] = "2P", ["KB"] = "2P", ["MB"] = "4L", ["GB"] = "E34",
        ["TB"] = "E35", ["s"] = "SEC", ["min"] = "MIN", ["h"] = "HUR", ["day"] = "DAY", ["m"] = "MTR", ["km"] = "KMT", ["m3"] = "MTQ", ["m³"] = "MTQ",
        ["l"] = "LTR", ["L"] = "LTR", ["kg"] = "KGM", ["t"] = "TNE", ["event"] = One, ["1"] = One,
    };

    /// <summary>Null where the recommendation has no code that this product knows: say the unit in words then.</summary>
    public static string? Of(string? unit) => unit is null ? One : Codes.GetValueOrDefault(unit);
}
