namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Check-digit algorithms that several countries use.</summary>
internal static class CheckDigits
{
    /// <summary>Whether the text is so many digits and no other character.</summary>
    internal static bool Digits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);

    internal static int Digit(string text, int index) => text[index] - '0';

    /// <summary>Sum of digit times weight, of as many digits as there are weights.</summary>
    internal static int Sum(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }
        return sum;
    }

    /// <summary>Luhn: ISO/IEC 7812-1, annex B.</summary>
    internal static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }

    /// <summary>ISO/IEC 7064, MOD 11,10.</summary>
    internal static bool Mod11And10(string digits)
    {
        var product = 10;
        for (var i = 0; i < digits.Length - 1; i++)
        {
            var sum = (digits[i] - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (product + digits[^1] - '0') % 10 == 1;
    }

    /// <summary>Remainder of a long number; letters count 10 to 35, as in ISO/IEC 7064, MOD 97-10.</summary>
    internal static int Mod97(string text)
    {
        var rest = 0;
        foreach (var c in text)
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }
}
