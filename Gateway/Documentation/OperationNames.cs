using System.Text.RegularExpressions;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Ids of operations, made of their summaries: <c>Read the tenant's clock</c> is <c>readTenantClock</c>.</summary>
internal static partial class OperationNames
{
    private static readonly string[] LeftOut = ["a", "an", "the"];

    public static string Of(string summary)
    {
        var words = Words().Matches(summary.Replace("'s", "", StringComparison.Ordinal)).Select(match => match.Value)
            .Where(word => !LeftOut.Contains(word, StringComparer.Ordinal))
            .Select((word, i) => i == 0 ? word.ToLowerInvariant() : $"{char.ToUpperInvariant(word[0])}{word[1..]}");
        return string.Concat(words);
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Words();
}
