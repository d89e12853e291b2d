using System.Diagnostics.CodeAnalysis;

namespace OrleansBilling.Core.Devices;

/// <summary>Kinds of identifiers, and what a value of each looks like: strict enough to tell a slip of the keyboard.</summary>
/// <remarks>
/// ICCID and EID: ITU-T E.118 and GSMA SGP.02; IMSI: ITU-T E.212; MSISDN: ITU-T E.164; IMEI: 3GPP TS 23.003, with its check digit. The
/// check digit of an ICCID is not asked for, since not all issuers print it.
/// </remarks>
public static class IdentifierKinds
{
    private const int MaxText = 64;

    private static readonly Dictionary<string, (Func<string, string?> Read, string Form)> Known = new(StringComparer.Ordinal)
    {
        ["iccid"] = (ReadIccid, "19 or 20 digits that begin with 89"),
        ["eid"] = (value => Digits(value, 32, 32), "32 digits"),
        ["imsi"] = (value => Digits(value, 15, 15), "15 digits"),
        ["msisdn"] = (ReadMsisdn, "a number in E.164 form: '+' (may be left out) and 7 to 15 digits, the first of them not 0"),
        ["imei"] = (ReadImei, "15 digits, the last of them the check digit (Luhn)"),
        ["mac"] = (ReadMac, "12 or 16 hexadecimal digits, with or without ':' or '-' between every two"),
        ["serial"] = (ReadText, TextForm),
        ["external"] = (ReadText, TextForm),
    };

    private const string TextForm = "1 to 64 printable characters, with no white space at its ends";

    /// <summary>Every kind, for messages.</summary>
    public static string All => string.Join(", ", Known.Keys);

    /// <summary>Whether there is such a kind.</summary>
    public static bool Has(string kind) => Known.ContainsKey(kind);

    /// <summary>What a value of a kind looks like, for messages.</summary>
    public static string FormOf(string kind) => Known[kind].Form;

    /// <summary>Reads a value in any of the forms that people write.</summary>
    /// <param name="identifier">In the form that is kept: MSISDN with '+', MAC in lower case without separators.</param>
    /// <returns>False when there is no such kind or it has no such value.</returns>
    public static bool TryRead(
        [NotNullWhen(true)] string? kind, [NotNullWhen(true)] string? value, out DeviceIdentifier identifier)
    {
        identifier = default;
        if (kind is null || value is null || !Known.TryGetValue(kind, out var known) || known.Read(value) is not { } read)
        {
            return false;
        }
        identifier = new(kind, read);
        return true;
    }

    private static string? Digits(string value, int least, int most) =>
        value.Length >= least && value.Length <= most && value.All(char.IsAsciiDigit) ? value : null;

    private static string? ReadIccid(string value) =>
        value.StartsWith("89", StringComparison.Ordinal) ? Digits(value, 19, 20) : null;

    private static string? ReadMsisdn(string value)
    {
        var digits = value.StartsWith('+') ? value[1..] : value;
        return Digits(digits, 7, 15) is not null && digits[0] != '0' ? $"+{digits}" : null;
    }

    private static string? ReadImei(string value) => Digits(value, 15, 15) is not null && PassesLuhn(value) ? value : null;

    private static bool PassesLuhn(string digits)
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

    private static string? ReadMac(string value)
    {
        var separator = value.Length > 2 && value[2] is ':' or '-' ? value[2] : '\0';
        var pairs = separator == '\0' ? [.. value.Chunk(2).Select(pair => new string(pair))] : value.Split(separator);
        return pairs.Length is 6 or 8 && Array.TrueForAll(pairs, pair => pair.Length == 2 && pair.All(char.IsAsciiHexDigit))
            ? string.Concat(pairs).ToLowerInvariant()
            : null;
    }

    private static string? ReadText(string value) =>
        value.Length is >= 1 and <= MaxText && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1])
            && !value.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? value
            : null;
}
