using System.Globalization;
using System.Text;

namespace OrleansBilling.Documents.Localization;

/// <summary>A number pattern of CLDR, e.g. <c>#,##,##0.00 ¤;(#,##0.00 ¤)</c>: what stands around the digits, and how they
/// are grouped. Source: Unicode Technical Standard 35, part 3, section 3.</summary>
internal sealed class NumberPattern
{
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly string _negativePrefix;
    private readonly string _negativeSuffix;
    private readonly int _primary;
    private readonly int _secondary;

    public NumberPattern(string pattern)
    {
        var parts = pattern.Split(';');
        (_prefix, var digits, _suffix) = Split(parts[0]);
        (_negativePrefix, _, _negativeSuffix) = parts.Length > 1 ? Split(parts[1]) : ("-" + _prefix, "", _suffix);
        var whole = digits.Split('.')[0].Split(',');
        _primary = whole.Length > 1 ? whole[^1].Length : 0;
        _secondary = whole.Length > 2 ? whole[^2].Length : _primary;
    }

    /// <summary>Writes the exact value.</summary>
    /// <param name="value">Any decimal.</param>
    /// <param name="minimumDigits">After the point at least so many; never are any cut off.</param>
    /// <param name="symbols">Of the locale.</param>
    public string Write(decimal value, int minimumDigits, NumberSymbols symbols)
    {
        var (whole, fraction) = Digits(Math.Abs(value), minimumDigits);
        var number = new StringBuilder(Grouped(whole, symbols));
        if (fraction.Length > 0)
        {
            number.Append(symbols.Decimal).Append(fraction);
        }

        var localized = symbols.Localize(number.ToString());
        return value < 0
            ? Around(_negativePrefix, localized, _negativeSuffix, symbols)
            : Around(_prefix, localized, _suffix, symbols);
    }

    private static string Around(string prefix, string number, string suffix, NumberSymbols symbols) =>
        Affix(prefix, symbols) + number + Affix(suffix, symbols);

    private static string Affix(string text, NumberSymbols symbols) => text
        .Replace("-", symbols.Minus, StringComparison.Ordinal)
        .Replace("%", symbols.Percent, StringComparison.Ordinal)
        .Replace("'", "", StringComparison.Ordinal);

    private static (string Prefix, string Digits, string Suffix) Split(string pattern)
    {
        const string DigitPart = "#0,.";
        var start = pattern.IndexOfAny([.. DigitPart]);
        var end = pattern.LastIndexOfAny([.. DigitPart]) + 1;
        return (pattern[..start], pattern[start..end], pattern[end..]);
    }

    private static (string Whole, string Fraction) Digits(decimal value, int minimumDigits)
    {
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture).Split('.');
        return (text[0], (text.Length > 1 ? text[1] : "").PadRight(minimumDigits, '0'));
    }

    private string Grouped(string whole, NumberSymbols symbols)
    {
        if (_primary == 0 || whole.Length < _primary + symbols.MinimumGrouping)
        {
            return whole;
        }

        var groups = new List<string>();
        for (int end = whole.Length, size = _primary; end > 0; end -= size, size = _secondary)
        {
            size = Math.Min(size, end);
            groups.Insert(0, whole.Substring(end - size, size));
        }

        return string.Join(symbols.Group, groups);
    }
}
