using System.Globalization;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Numbers as files write them, read exactly or not at all.</summary>
public static class DecimalText
{
    private const int ExactDigits = 28;
    private const NumberStyles Plain =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite
        | NumberStyles.AllowTrailingWhite;

    /// <summary>Reads a number.</summary>
    /// <param name="text">Without thousands separators: where one is allowed, a wrong decimal mark goes unseen.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="value">Equal to the text in every digit.</param>
    /// <returns>Null, or why not: <c>value.blank</c>, <c>value.not_a_number</c>, <c>value.too_precise</c>.</returns>
    public static string? Read(string? text, char mark, out decimal value)
    {
        value = 0m;
        if (string.IsNullOrWhiteSpace(text))
        {
            return "value.blank";
        }

        if (mark != '.')
        {
            if (text.Contains('.', StringComparison.Ordinal))
            {
                return "value.not_a_number";
            }

            text = text.Replace(mark, '.');
        }

        var isScientific = text.AsSpan().ContainsAny('e', 'E');
        var style = isScientific ? Plain | NumberStyles.AllowExponent : Plain;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out value))
        {
            return "value.not_a_number";
        }

        return SignificantDigits(text) > ExactDigits || (isScientific && LosesDigits(text, value)) ? "value.too_precise"
            : null;
    }

    private static int SignificantDigits(string text)
    {
        var digits = 0;
        var trailingZeros = 0;
        foreach (var c in text)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            if (char.IsAsciiDigit(c) && (digits > 0 || c != '0'))
            {
                digits++;
                trailingZeros = c == '0' ? trailingZeros + 1 : 0;
            }
        }

        return digits <= ExactDigits ? digits : digits - trailingZeros;
    }

    /// <summary>A tiny number in scientific notation may have been cut at the 28th decimal place.</summary>
    private static bool LosesDigits(string text, decimal value)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = text.AsSpan(0, e);
        var point = mantissa.IndexOf('.');
        var decimals = point < 0 ? 0 : mantissa.TrimEnd('0').Length - point - 1;
        return !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var power)
            || (decimals - power > ExactDigits && mantissa.ContainsAnyInRange('1', '9'))
            || (value == 0m && mantissa.ContainsAnyInRange('1', '9'));
    }
}
