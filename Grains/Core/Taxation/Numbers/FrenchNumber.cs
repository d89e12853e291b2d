using System.Globalization;
using static OrleansBilling.Core.Taxation.Numbers.CheckDigits;

namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>France and Monaco: a key of two characters and the SIREN.</summary>
internal static class FrenchNumber
{
    /// <summary>Without I and O.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    internal static bool IsValid(string number)
    {
        if (number.Length != 11 || !Digits(number[2..], 9))
        {
            return false;
        }
        var (first, second) = (Alphabet.IndexOf(number[0], StringComparison.Ordinal), Alphabet.IndexOf(number[1], StringComparison.Ordinal));
        // Numbers of Monaco begin with 000 and are no SIREN.
        if (first < 0 || second < 0 || (!number[2..].StartsWith("000", StringComparison.Ordinal) && !Luhn(number[2..])))
        {
            return false;
        }
        var siren = long.Parse(number[2..], CultureInfo.InvariantCulture);
        if (first < 10 && second < 10)
        {
            return (siren * 100 + 12) % 97 == first * 10 + second;
        }
        var check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
        return (siren + 1 + check / 11) % 11 == check % 11;
    }
}
