using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Tax numbers outside the EU.</summary>
internal static class OtherNumbers
{
    internal static IReadOnlyList<NumberForm> Forms { get; } =
    [
        new("AU", ["ABN"], "11 digits (ABN)", Australia, KeepsPrefix: false),
        new("CA", ["BN"], "9 digits, with or without RT and 4 digits", Canada, KeepsPrefix: false),
        new("CH", ["CHE"], "CHE and 9 digits, with or without MWST, TVA or IVA", Switzerland),
        new("GB", ["GB"], "GB and 9 or 12 digits", UnitedKingdom),
        new("XI", ["XI"], "XI and 9 or 12 digits", UnitedKingdom),
        new("IN", ["GSTIN"], "15 characters (GSTIN)", IndianNumber.IsValid, KeepsPrefix: false),
        new("JP", ["T"], "T and 13 digits", Japan),
        new("NO", ["NO"], "9 digits, with or without MVA", Norway, KeepsPrefix: false),
        new("NZ", ["GST", "IRD"], "8 or 9 digits (IRD number)", NewZealand, KeepsPrefix: false),
        new("SG", ["GST"], "a UEN, or M and 9 characters", SingaporeNumber.IsValid, KeepsPrefix: false),
    ];

    /// <remarks>Australian Business Register, "Format of the ABN".</remarks>
    private static bool Australia(string number) =>
        Digits(number, 11) && number[0] != '0' && (Sum(number, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;

    /// <remarks>Canada Revenue Agency, business number: the ninth digit is a Luhn digit; RT is the program of GST/HST.</remarks>
    private static bool Canada(string number) =>
        (number.Length == 9 || (number.Length == 15 && number[9..11] == "RT" && Digits(number[11..], 4)))
        && Digits(number[..9], 9) && Luhn(number[..9]);

    /// <remarks>UID-Gesetz (SR 431.03) and its ordinance: MOD 11 with the weights 5, 4, 3, 2, 7, 6, 5, 4.</remarks>
    private static bool Switzerland(string number)
    {
        var digits = number.Length > 9 && number[9..] is "MWST" or "TVA" or "IVA" or "TPV" ? number[..9] : number;
        return Digits(digits, 9) && (11 - Sum(digits, 5, 4, 3, 2, 7, 6, 5, 4) % 11) % 11 == Digit(digits, 8);
    }

    /// <remarks>HMRC: the last two digits of nine are 97 less the weighted sum, modulo 97, or that less 55 (numbers since 2009).
    /// Twelve digits name a branch; GD is of government, HA of health authorities.</remarks>
    private static bool UnitedKingdom(string number)
    {
        if (number.Length == 5 && Digits(number[2..], 3))
        {
            var unit = Sum(number[2..], 100, 10, 1);
            return (number.StartsWith("GD", StringComparison.Ordinal) && unit < 500)
                || (number.StartsWith("HA", StringComparison.Ordinal) && unit >= 500);
        }
        return (Digits(number, 9) || Digits(number, 12)) && !number.StartsWith("0000000", StringComparison.Ordinal)
            && Sum(number, 8, 7, 6, 5, 4, 3, 2, 10, 1) % 97 is 0 or 42;
    }

    /// <remarks>National Tax Agency: T and the corporate number, the first digit of which is 9 less the weighted sum modulo 9.</remarks>
    private static bool Japan(string number) =>
        Digits(number, 13) && 9 - Sum(number[1..], 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1) % 9 == Digit(number, 0);

    /// <remarks>Brønnøysundregistrene: MOD 11 with the weights 3, 2, 7, 6, 5, 4, 3, 2.</remarks>
    private static bool Norway(string number)
    {
        var digits = number.Length == 12 && number[9..] == "MVA" ? number[..9] : number;
        return Digits(digits, 9) && (11 - Sum(digits, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == Digit(digits, 8);
    }

    /// <remarks>Inland Revenue, "RWT and NRWT certificate filing specification": two rounds of weights.</remarks>
    private static bool NewZealand(string number)
    {
        var full = number.Length == 8 ? "0" + number : number;
        if (!Digits(full, 9) || string.CompareOrdinal(full, "010000000") < 0)
        {
            return false;
        }
        var check = (11 - Sum(full, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return (check == 10 ? (11 - Sum(full, 7, 4, 3, 2, 5, 2, 7, 6) % 11) % 11 : check) == Digit(full, 8);
    }
}
