namespace OrleansBilling.Core.Taxation;

/// <summary>Everything the engine knows: rates and rules with their sources and dates. Immutable.</summary>
public sealed class TaxData
{
    private readonly HashSet<string> _countries = [];

    /// <summary>The files that come with the program.</summary>
    public static TaxData BuiltIn { get; } = new();

    internal bool Knows(string country) => _countries.Contains(country);
}
