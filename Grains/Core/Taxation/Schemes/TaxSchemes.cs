namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>All schemes by the names that data files use.</summary>
internal static class TaxSchemes
{
    private static readonly SortedDictionary<string, ITaxScheme> Known = new(StringComparer.Ordinal)
    {
        ["au"] = new AustraliaScheme(),
        ["ca"] = new CanadaScheme(),
        ["ch"] = new SwitzerlandScheme(),
        ["eu"] = new EuScheme(),
        ["gb"] = new UnitedKingdomScheme(),
        ["in"] = new IndiaScheme(),
        ["jp"] = new JapanScheme(),
        ["no"] = new NorwayScheme(),
        ["none"] = new NoObligationScheme(),
        ["nz"] = new NewZealandScheme(),
        ["sg"] = new SingaporeScheme(),
        ["us"] = new UnitedStatesScheme(),
    };

    internal static string All => string.Join(", ", Known.Keys);

    internal static IEnumerable<string> Rules => Known.Values.SelectMany(s => s.Rules);

    internal static bool Has(string name) => Known.ContainsKey(name);

    internal static ITaxScheme Get(string name) => Known[name];
}
