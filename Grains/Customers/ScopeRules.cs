using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a scope of a wallet or grant may be.</summary>
internal static class ScopeRules
{
    private const int MostNames = 100;
    private const int MostDimensions = 10;
    private const int LongestName = 200;

    public static void Check(CreditScope? scope, List<CommandError> errors)
    {
        if (scope is null)
        {
            return;
        }
        if (scope is { Charges: null, Meters: null, Dimensions: null })
        {
            errors.Add(new("scope.empty", "Give charges, meters or dimensions, or leave the scope out.", "/scope"));
        }
        Check(scope.Charges, "/scope/charges", errors);
        Check(scope.Meters, "/scope/meters", errors);
        if (scope.Dimensions is { Count: 0 or > MostDimensions } || scope.Dimensions?.Keys.Any(k => k.Length is 0 or > LongestName) == true)
        {
            errors.Add(new("scope.names", $"Give 1 to {MostDimensions} dimensions with names of 1 to {LongestName} characters, or leave them out.", "/scope/dimensions"));
        }
        foreach (var (dimension, values) in scope.Dimensions ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            Check(values, $"/scope/dimensions/{dimension.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", errors);
        }
    }

    private static void Check(IReadOnlyList<string>? names, string pointer, List<CommandError> errors)
    {
        if (names is not null && (names.Count is 0 or > MostNames || names.Any(n => n is null or { Length: 0 or > LongestName })))
        {
            errors.Add(new("scope.names", $"Give 1 to {MostNames} names of 1 to {LongestName} characters, or leave them out.", pointer));
        }
    }
}
