using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Bulgaria: nine digits of a legal person, or ten of a citizen, a foreigner or another payer.</summary>
internal static class BulgarianNumber
{
    internal static bool IsValid(string number) =>
        Digits(number, 9) ? Legal(number) : Digits(number, 10) && (Citizen(number) || Foreigner(number) || Other(number));

    private static bool Legal(string number)
    {
        var check = Sum(number, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        return (check == 10 ? Sum(number, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10 : check) == Digit(number, 8);
    }

    private static bool Citizen(string number)
    {
        // The month says the century: 21 to 32 the nineteenth, 41 to 52 the twenty-first.
        var (month, day) = (Digit(number, 2) * 10 + Digit(number, 3), Digit(number, 4) * 10 + Digit(number, 5));
        return month % 20 is >= 1 and <= 12 && month < 60 && day is >= 1 and <= 31
            && Sum(number, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == Digit(number, 9);
    }

    private static bool Foreigner(string number) => Sum(number, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10 == Digit(number, 9);

    private static bool Other(string number) => (11 - Sum(number, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == Digit(number, 9);
}
