using System.Collections.Frozen;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Syntax and check digits of tax numbers, checked offline.</summary>
/// <remarks>
/// Sources: European Commission, VIES, "FAQ: structure of VAT numbers" and the member states' published check algorithms; of other
/// countries see the classes with their rules. Whether a number is registered only its register knows.
/// </remarks>
public static class TaxNumbers
{
    private const int MaxLength = 40;

    private static readonly FrozenDictionary<string, NumberForm> Forms = EuNumbers.Forms.Concat(OtherNumbers.Forms)
        .ToFrozenDictionary(form => form.Country, StringComparer.Ordinal);

    /// <summary>Countries that can be checked, as ISO 3166-1 (Greece is <c>GR</c>), and <c>XI</c>.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. Forms.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Checks a number in any of the forms that people write: with or without prefix, spaces, dots and hyphens.</summary>
    /// <param name="number">At most 40 characters; a longer one is not valid.</param>
    /// <param name="country">Whose number it has to be.</param>
    /// <returns>Not valid for a country that is not in <see cref="Countries"/>.</returns>
    public static TaxNumberResult Check(string number, string country)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(country);
        var compact = number.Length <= MaxLength ? Compact(number) : "";
        if (!Forms.TryGetValue(country, out var form))
        {
            return new(false, compact, $"no known number of {country}");
        }
        // With its prefix, or without: a French key may itself be the letters of a prefix.
        foreach (var prefix in form.Prefixes)
        {
            if (compact.StartsWith(prefix, StringComparison.Ordinal) && form.IsValid(compact[prefix.Length..]))
            {
                return new(true, form.Normalize(compact[prefix.Length..]), form.Text);
            }
        }
        return new(form.IsValid(compact), form.Normalize(compact), form.Text);
    }

    private static string Compact(string number) =>
        string.Concat(number.Where(c => c is not (' ' or '.' or '-' or '/' or '\u00a0'))).ToUpperInvariant();
}
