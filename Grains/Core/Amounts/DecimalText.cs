using System.Globalization;

namespace OrleansBilling.Core.Amounts;

/// <summary>Decimals as text, exact both ways: the form of every amount, price and quantity in the API.</summary>
public static class DecimalText
{
    /// <summary>Longest text <see cref="TryParse"/> reads.</summary>
    public const int MaxLength = 64;

    /// <summary>Digits a decimal always holds exactly.</summary>
    private const int MaxDigits = 28;

    /// <summary>The shortest plain form: no exponent, no trailing zeros, e.g. <c>185</c>, <c>-0.5</c>,
    /// <c>0</c>.</summary>
    public static string Format(decimal value) => Normalize(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same value with no trailing zeros after the point.</summary>
    public static decimal Normalize(decimal value) => value == 0m ? 0m : value / 1.0000000000000000000000000000m;

    /// <summary>
    /// Reads <c>[-]digits[.digits][e[+-]digits]</c>; nothing else (no spaces, no thousands separators, no plus sign).
    /// </summary>
    /// <returns>False when the text has another form, or when its value does not fit a decimal exactly.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        if (text.Length > MaxLength || !Measure(text, out var digits, out var scale))
        {
            return false;
        }

        if (digits == 0)
        {
            return true;
        }

        // With at most 28 significant digits and 28 places no digit is lost, whatever the exponent.
        return digits <= MaxDigits && scale <= MaxDigits && digits - scale <= MaxDigits
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Checks the form; counts significant digits and places after the point, without trailing
    /// zeros.</summary>
    private static bool Measure(ReadOnlySpan<char> text, out int digits, out int scale)
    {
        digits = 0;
        scale = 0;
        var rest = text.StartsWith("-") ? text[1..] : text;
        var mark = rest.IndexOfAny('e', 'E');
        var exponent = 0;
        if (mark >= 0 && !TryExponent(rest[(mark + 1)..], out exponent))
        {
            return false;
        }

        var number = mark >= 0 ? rest[..mark] : rest;
        var point = number.IndexOf('.');
        var whole = point >= 0 ? number[..point] : number;
        var fraction = point >= 0 ? number[(point + 1)..] : default;
        if (!AllDigits(whole) || (point >= 0 && !AllDigits(fraction)))
        {
            return false;
        }

        Count(whole, fraction, exponent, out digits, out scale);
        return true;
    }

    private static void Count(
        ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int exponent, out int digits, out int scale)
    {
        var usedFraction = fraction.TrimEnd('0');
        var usedWhole = usedFraction.IsEmpty ? whole.TrimEnd('0') : whole;
        var leading = usedWhole.TrimStart('0');
        digits = leading.IsEmpty ? usedFraction.TrimStart('0').Length : leading.Length + usedFraction.Length;
        scale = usedFraction.Length - (whole.Length - usedWhole.Length) - exponent;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length <= 3 && AllDigits(digits)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    private static bool AllDigits(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
