using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>VAT numbers of the 27 member states. Those whose rules are short are here, the others in classes of their own.</summary>
internal static class EuNumbers
{
    internal static IReadOnlyList<NumberForm> Forms { get; } =
    [
        Of("AT", "ATU and 8 digits", Austria),
        Of("BE", "BE and 10 digits, the first of them 0 or 1", Belgium),
        Of("BG", "BG and 9 or 10 digits", BulgarianNumber.IsValid),
        Of("CY", "CY, 8 digits and a letter", Cyprus),
        Of("CZ", "CZ and 8, 9 or 10 digits", CzechNumber.IsValid),
        Of("DE", "DE and 9 digits", n => Digits(n, 9) && n[0] != '0' && Mod11And10(n)),
        Of("DK", "DK and 8 digits", n => Digits(n, 8) && n[0] != '0' && Sum(n, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
        Of("EE", "EE and 9 digits", n => Digits(n, 9) && Sum(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0),
        Of("ES", "ES and 9 characters, the first or the last or both of them letters", SpanishNumber.IsValid),
        Of("FI", "FI and 8 digits", n => Digits(n, 8) && Sum(n, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0),
        Of("FR", "FR, two characters and 9 digits", FrenchNumber.IsValid),
        new("GR", ["EL", "GR"], "EL and 9 digits", Greece),
        Of("HR", "HR and 11 digits", n => Digits(n, 11) && Mod11And10(n)),
        Of("HU", "HU and 8 digits", n => Digits(n, 8) && Sum(n, 9, 7, 3, 1, 9, 7, 3, 1) % 10 == 0),
        Of("IE", "IE, 7 digits and one or two letters", IrishNumber.IsValid),
        Of("IT", "IT and 11 digits", Italy),
        Of("LT", "LT and 9 or 12 digits", Lithuania),
        Of("LU", "LU and 8 digits", n => Digits(n, 8) && Mod(n[..6], 89) == Mod(n[6..], 100)),
        Of("LV", "LV and 11 digits", Latvia),
        Of("MT", "MT and 8 digits", n => Digits(n, 8) && n[0] != '0' && Sum(n, 3, 4, 6, 7, 8, 9, 10, 1) % 37 == 0),
        Of("NL", "NL, 9 digits, B and 2 digits", Netherlands),
        Of("PL", "PL and 10 digits", n => Digits(n, 10) && Sum(n, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == Digit(n, 9)),
        Of("PT", "PT and 9 digits", Portugal),
        Of("RO", "RO and 2 to 10 digits", Romania),
        Of("SE", "SE and 12 digits, the last two of them 01 to 94", Sweden),
        Of("SI", "SI and 8 digits", Slovenia),
        Of("SK", "SK and 10 digits", n => Digits(n, 10) && n[0] != '0' && "234789".Contains(n[2], StringComparison.Ordinal) && Mod(n, 11) == 0),
    ];

    private static NumberForm Of(string country, string text, Func<string, bool> isValid) => new(country, [country], text, isValid);

    private static long Mod(string digits, long by) => long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % by;

    private static bool Austria(string number)
    {
        if (number.Length != 9 || number[0] != 'U' || !Digits(number[1..], 8))
        {
            return false;
        }
        var sum = 4;
        for (var i = 1; i < 8; i++)
        {
            var digit = Digit(number, i);
            sum += i % 2 == 1 ? digit : digit / 5 + digit * 2 % 10;
        }
        return (10 - sum % 10) % 10 == Digit(number, 8);
    }

    private static bool Belgium(string number) =>
        Digits(number, 10) && number[0] is '0' or '1' && 97 - Mod(number[..8], 97) == Mod(number[8..], 100);

    private static bool Cyprus(string number)
    {
        if (number.Length != 9 || !Digits(number[..8], 8) || number.StartsWith("12", StringComparison.Ordinal)
            || !"0134569".Contains(number[0], StringComparison.Ordinal))
        {
            return false;
        }
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            sum += i % 2 == 0 ? odd[Digit(number, i)] : Digit(number, i);
        }
        return number[8] == 'A' + sum % 26;
    }

    /// <remarks>Numbers of eight digits are older ones without their leading zero.</remarks>
    private static bool Greece(string number)
    {
        var full = number.Length == 8 ? "0" + number : number;
        return Digits(full, 9) && Sum(full, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == Digit(full, 8);
    }

    private static bool Italy(string number)
    {
        if (!Digits(number, 11) || number.StartsWith("0000000", StringComparison.Ordinal) || !Luhn(number))
        {
            return false;
        }
        var office = Mod(number[7..10], 1000);
        return office is (>= 1 and <= 100) or 120 or 121 or 888 or 999;
    }

    private static bool Lithuania(string number)
    {
        // The last but one digit is 1: of a legal person (9 digits) or a temporary payer (12 digits).
        if ((!Digits(number, 9) && !Digits(number, 12)) || number[^2] != '1')
        {
            return false;
        }
        var (first, second) = (0, 0);
        for (var i = 0; i < number.Length - 1; i++)
        {
            first += Digit(number, i) * (1 + i % 9);
            second += Digit(number, i) * (1 + (i + 2) % 9);
        }
        return (first % 11 == 10 ? second % 11 % 10 : first % 11) == Digit(number, number.Length - 1);
    }

    private static bool Latvia(string number)
    {
        if (!Digits(number, 11))
        {
            return false;
        }
        if (number[0] > '3')
        {
            return Sum(number, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3;
        }
        // A personal code; those that begin with 32 (from 2017 on) have no check digit.
        return number.StartsWith("32", StringComparison.Ordinal)
            || (Sum(number, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9) + 1) % 11 % 10 == Digit(number, 10);
    }

    private static bool Netherlands(string number)
    {
        if (number.Length != 12 || number[9] != 'B' || !Digits(number[..9], 9) || !Digits(number[10..], 2) || number[10..] == "00")
        {
            return false;
        }
        // The number of a company has the check of its fiscal number; since 2020 that of a sole trader has MOD 97-10.
        var fiscal = Sum(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == Digit(number, 8);
        return fiscal || Mod97("NL" + number) == 1;
    }

    private static bool Portugal(string number) =>
        Digits(number, 9) && number[0] != '0' && (11 - Sum(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11 % 10 == Digit(number, 8);

    private static bool Romania(string number)
    {
        if (number.Length is < 2 or > 10 || number[0] == '0' || !Digits(number, number.Length))
        {
            return false;
        }
        var full = number.PadLeft(10, '0');
        return Sum(full, 7, 5, 3, 2, 1, 7, 5, 3, 2) * 10 % 11 % 10 == Digit(full, 9);
    }

    private static bool Sweden(string number) =>
        Digits(number, 12) && Mod(number[10..], 100) is >= 1 and <= 94 && Luhn(number[..10]);

    private static bool Slovenia(string number)
    {
        if (!Digits(number, 8) || number[0] == '0')
        {
            return false;
        }
        var check = 11 - Sum(number, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 10 ? 0 : check) == Digit(number, 7);
    }
}
