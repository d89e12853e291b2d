namespace OrleansBilling.Documents.Localization;

/// <summary>Signs that numbers of a locale are written with.</summary>
/// <param name="Decimals">Ten digits, from zero.</param>
/// <param name="Decimal">Before the fraction.</param>
/// <param name="Group">Between groups.</param>
/// <param name="Minus">Of negative numbers; may hold a direction mark.</param>
/// <param name="Percent">The same.</param>
/// <param name="MinimumGrouping">Digits that must stand before the first separator for it to be written.</param>
internal sealed record NumberSymbols(
    string Decimals, string Decimal, string Group, string Minus, string Percent, int MinimumGrouping)
{
    /// <summary>The text with its ASCII digits in the locale's.</summary>
    public string Localize(string text) => Decimals[0] == '0'
        ? text
        : string.Concat(text.Select(c => char.IsAsciiDigit(c) ? Decimals[c - '0'] : c));
}
