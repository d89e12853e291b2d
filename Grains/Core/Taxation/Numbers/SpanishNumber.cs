using System.Globalization;
using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Spain: NIF of citizens (eight digits and a letter), NIE of foreigners (X, Y, Z), K, L, M of others, and of legal
/// persons.</summary>
internal static class SpanishNumber
{
    private const string Letters = "TRWAGMYFPDXBNJZSQVHLCKE";

    internal static bool IsValid(string number)
    {
        if (number.Length != 9 || !Digits(number[1..8], 7))
        {
            return false;
        }
        return number[0] switch
        {
            >= '0' and <= '9' => number[8] == Letter(number[..8]),
            'X' or 'Y' or 'Z' => number[8] == Letter((number[0] - 'X').ToString(CultureInfo.InvariantCulture) + number[1..8]),
            'K' or 'L' or 'M' => number[8] == Letter(number[1..8]),
            _ => Legal(number),
        };
    }

    private static char Letter(string digits) => Letters[int.Parse(digits, CultureInfo.InvariantCulture) % 23];

    private static bool Legal(string number)
    {
        var sum = 0;
        for (var i = 1; i < 8; i++)
        {
            var digit = Digit(number, i);
            sum += i % 2 == 0 ? digit : digit / 5 + digit * 2 % 10;
        }
        var check = (10 - sum % 10) % 10;
        var (asDigit, asLetter) = (number[8] == '0' + check, number[8] == "JABCDEFGHI"[check]);
        // Companies have a digit, public bodies and foreign entities a letter, some kinds either.
        return number[0] switch
        {
            'A' or 'B' or 'E' or 'H' => asDigit,
            'N' or 'P' or 'Q' or 'R' or 'S' or 'W' => asLetter,
            'C' or 'D' or 'F' or 'G' or 'J' or 'U' or 'V' => asDigit || asLetter,
            _ => false,
        };
    }
}
