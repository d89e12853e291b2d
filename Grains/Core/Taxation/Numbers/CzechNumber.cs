using System.Globalization;
using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Czechia: eight digits of a legal person, nine or ten of a natural one.</summary>
internal static class CzechNumber
{
    internal static bool IsValid(string number)
    {
        if (Digits(number, 8))
        {
            return number[0] != '9' && (11 - Sum(number, 8, 7, 6, 5, 4, 3, 2) % 11) % 10 == Digit(number, 7);
        }
        if (Digits(number, 9))
        {
            return number[0] == '6' ? Special(number) : Birth(number);
        }
        return Digits(number, 10) && Birth(number) && Divisible(number);
    }

    private static bool Special(string number)
    {
        var sum = Sum(number[1..], 8, 7, 6, 5, 4, 3, 2) % 11;
        return (8 - (10 - sum) % 11 + 10) % 10 == Digit(number, 8);
    }

    /// <remarks>Birth numbers of nine digits, given out before 1954, have no check digit: the date is all there is. Of women 50 is added
    /// to the month, and 20 where numbers of a day ran out.</remarks>
    private static bool Birth(string number)
    {
        var month = (Digit(number, 2) * 10 + Digit(number, 3)) % 50;
        var day = Digit(number, 4) * 10 + Digit(number, 5);
        return (month is >= 1 and <= 12 || month is >= 21 and <= 32) && day is >= 1 and <= 31;
    }

    private static bool Divisible(string number)
    {
        var rest = long.Parse(number[..9], CultureInfo.InvariantCulture) % 11;
        return rest % 10 == Digit(number, 9);
    }
}
