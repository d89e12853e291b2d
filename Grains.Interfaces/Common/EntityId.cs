namespace OrleansBilling.Contracts.Common;

/// <summary>Which ids callers may choose.</summary>
public static class EntityId
{
    /// <summary>Longest id of an entity or event, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>1–128 printable characters without control characters; no leading or trailing white space.</summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxLength || char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))
        {
            return false;
        }
        foreach (var c in id)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A tenant id is a slug: 1–40 of a–z, 0–9 and '-', beginning with a letter or digit.</summary>
    public static bool IsValidTenant(string? id) =>
        id is { Length: >= 1 and <= 40 } && id[0] != '-' && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
