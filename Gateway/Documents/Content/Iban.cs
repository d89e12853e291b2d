namespace OrleansBilling.Documents.Content;

/// <summary>International bank account numbers, ISO 13616.</summary>
internal static class Iban
{
    /// <summary>Whether it looks like one: country, two check digits, at most 30 letters and digits.</summary>
    public static bool IsOne(string account)
    {
        var compact = Compact(account);
        return compact.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(compact[0]) && char.IsAsciiLetterUpper(compact[1])
            && char.IsAsciiDigit(compact[2]) && char.IsAsciiDigit(compact[3]) && compact.All(char.IsAsciiLetterOrDigit);
    }

    /// <summary>In groups of four, as on paper (ISO 13616-1); another number stays as it is.</summary>
    public static string Grouped(string account) => IsOne(account)
        ? string.Join('\u00A0', Compact(account).Chunk(4).Select(group => new string(group)))
        : account;

    /// <summary>Without spaces, as machines take it.</summary>
    public static string Compact(string account) => string.Concat(account.Where(c => !char.IsWhiteSpace(c)));
}
