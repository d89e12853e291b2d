using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>GSTIN: state code, PAN, count of registrations, Z, and a check character (GSTN, modulus 36).</summary>
internal static class IndianNumber
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    internal static bool IsValid(string number)
    {
        if (number.Length != 15 || !Digits(number[..2], 2) || !IsPan(number[2..12]) || number[12] == '0' || number[13] != 'Z'
            || !number.All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }
        var state = Digit(number, 0) * 10 + Digit(number, 1);
        return state is (>= 1 and <= 38) or 97 && Check(number) == number[14];
    }

    private static bool IsPan(string pan) =>
        pan[..5].All(char.IsAsciiLetterUpper) && Digits(pan[5..9], 4) && char.IsAsciiLetterUpper(pan[9]);

    private static char Check(string number)
    {
        var sum = 0;
        for (var i = 0; i < 14; i++)
        {
            var product = Alphabet.IndexOf(number[i], StringComparison.Ordinal) * (i % 2 == 0 ? 1 : 2);
            sum += product / 36 + product % 36;
        }
        return Alphabet[(36 - sum % 36) % 36];
    }
}
