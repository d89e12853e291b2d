using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>Singapore: a unique entity number (UEN) of a business, a company or another entity, or a GST number of its own that begins
/// with M. No check of the latter is published; only its form is looked at.</summary>
/// <remarks>Source of the forms: Accounting and Corporate Regulatory Authority, "Unique Entity Number".</remarks>
internal static class SingaporeNumber
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";

    internal static bool IsValid(string number) => number.Length switch
    {
        9 => Digits(number[..8], 8) && number[8] == "XMKECAWLJDB"[Sum(number, 10, 4, 9, 3, 8, 2, 7, 1) % 11],
        10 when number[0] == 'M' => char.IsAsciiLetterOrDigit(number[1]) && Digits(number[2..9], 7) && char.IsAsciiLetterOrDigit(number[9]),
        10 when number[0] is 'R' or 'S' or 'T' => Other(number),
        10 => Digits(number[..9], 9) && number[9] == "ZKCMDNERGWH"[Sum(number, 10, 8, 6, 4, 9, 7, 5, 3, 1) % 11],
        _ => false,
    };

    private static bool Other(string number)
    {
        if (!Digits(number[1..3], 2) || !number[3..5].All(char.IsAsciiLetterUpper) || !Digits(number[5..9], 4))
        {
            return false;
        }
        ReadOnlySpan<int> weights = [4, 3, 5, 3, 10, 2, 2, 5, 7];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * Alphabet.IndexOf(number[i], StringComparison.Ordinal);
        }
        return number[9] == Alphabet[(sum - 5 + 1_100) % 11];
    }
}
