using System.Globalization;

namespace OrleansBilling.Documents.Rules;

/// <summary>Collects what is wrong.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Add(string rule, string place, string message) => _all.Add(new(rule, place, message));

    /// <summary>Adds one where a text is missing.</summary>
    public void Require(string rule, string place, string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(rule, place, $"{what} is missing.");
        }
    }

    /// <summary>Adds one where a sum is another than it should be.</summary>
    public void Equal(string rule, string place, decimal actual, decimal expected, string what)
    {
        if (actual != expected)
        {
            Add(rule, place, $"{what} is {Text(actual)} and should be {Text(expected)}.");
        }
    }

    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
