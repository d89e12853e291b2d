using System.Globalization;

namespace OrleansBilling.Documents.Localization;

/// <summary>The plural form that a number takes. Source: Unicode CLDR 48, supplemental/plurals (cardinal), of the twelve
/// languages; compact notation is not used here.</summary>
internal static class PluralRules
{
    /// <param name="language">One of <see cref="LocaleTag.Languages"/>.</param>
    /// <param name="number">As it is shown, trailing zeros included: 1.0 is another form than 1 in many languages.</param>
    /// <returns><c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>.</returns>
    public static string Form(string language, decimal number)
    {
        var n = Math.Abs(number);
        var whole = decimal.Truncate(n);
        var digits = Digits(n);
        var isWhole = digits == 0;
        return language switch
        {
            "ja" or "zh" => "other",
            "en" or "de" or "nl" or "sv" => whole == 1 && isWhole ? "one" : "other",
            "it" => whole == 1 && isWhole ? "one" : Million(whole, isWhole),
            "es" => n == 1 ? "one" : Million(whole, isWhole),
            "fr" or "pt" => whole is 0 or 1 ? "one" : Million(whole, isWhole),
            "pl" => Polish(whole, isWhole),
            "ar" => Arabic(n),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "A language without plural rules."),
        };
    }

    private static string Million(decimal whole, bool isWhole) =>
        whole != 0 && whole % 1_000_000 == 0 && isWhole ? "many" : "other";

    private static string Polish(decimal whole, bool isWhole)
    {
        if (!isWhole)
        {
            return "other";
        }

        if (whole == 1)
        {
            return "one";
        }

        return whole % 10 is >= 2 and <= 4 && whole % 100 is not (>= 12 and <= 14) ? "few" : "many";
    }

    private static string Arabic(decimal n)
    {
        if (n != decimal.Truncate(n))
        {
            return "other";
        }

        return n switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (n % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        };
    }

    private static int Digits(decimal n)
    {
        var text = n.ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }
}
