namespace OrleansBilling.Core.Validation;

/// <summary>The form of ids and names in definitions.</summary>
public static class Names
{
    /// <summary>Longest id.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Longest name for people.</summary>
    public const int MaxNameLength = 200;

    /// <summary>1 to <see cref="MaxIdLength"/> of <c>a-z A-Z 0-9 . _ -</c>, beginning with a letter or digit.</summary>
    public static bool IsId(string? id) =>
        id is { Length: >= 1 and <= MaxIdLength } && char.IsAsciiLetterOrDigit(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>1 to <see cref="MaxNameLength"/> characters, none of them a control character, not only
    /// blanks.</summary>
    public static bool IsName(string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= MaxNameLength && !name.Any(char.IsControl);
}
