namespace OrleansBilling.Core.Pricing;

/// <summary>The different scopes of a charge's allowances. An event belongs to the class of all scopes that it is in.</summary>
internal static class AllowanceScopes
{
    /// <summary>Each scope once, in the order of the plan; what every event can use has none.</summary>
    internal static IReadOnlyList<IReadOnlyList<WhereClause>> Of(IReadOnlyList<ChargeAllowance> allowances) =>
        [.. allowances.Select(a => a.Where).Where(where => where.Count > 0).DistinctBy(Key, StringComparer.Ordinal)];

    /// <summary>Equal for scopes that hold the same events because they say the same, in whatever order.</summary>
    internal static string Key(IReadOnlyList<WhereClause> where) => string.Concat(where
        .OrderBy(clause => clause.Dimension, StringComparer.Ordinal)
        .Select(clause => Quoted(clause.Dimension) + string.Concat(
            clause.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Quoted)) + ";"));

    // The length before each text: no value can look like two.
    private static string Quoted(string text) => $"{text.Length}:{text}";
}
