using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Ireland: seven digits, a check letter, and since 2013 a second letter; old numbers have a letter or sign as their second
/// character.</summary>
internal static class IrishNumber
{
    private const string Letters = "WABCDEFGHIJKLMNOPQRSTUV";

    internal static bool IsValid(string number)
    {
        if (number.Length is not (8 or 9))
        {
            return false;
        }
        if (Digits(number[..7], 7))
        {
            return Check(number[..7], number.Length == 9 ? number[8] : 'W', number[7]) && (number.Length == 8 || IsSecond(number[8]));
        }
        var old = number.Length == 8 && char.IsAsciiDigit(number[0]) && Digits(number[2..7], 5)
            && (char.IsAsciiLetterUpper(number[1]) || number[1] is '+' or '*');
        return old && Check("0" + number[2..7] + number[0], 'W', number[7]);
    }

    private static bool IsSecond(char letter) => letter is (>= 'A' and <= 'I') or 'W';

    private static bool Check(string digits, char second, char letter) =>
        (Sum(digits, 8, 7, 6, 5, 4, 3, 2) + Math.Max(0, Letters.IndexOf(second, StringComparison.Ordinal)) * 9) % 23
            == Letters.IndexOf(letter, StringComparison.Ordinal);
}
