namespace OrleansBilling.Core.Validation;

/// <summary>The words of an enum in JSON: the member's name in camelCase, read exactly.</summary>
internal sealed class WordTable<T>
    where T : struct, Enum
{
    internal static readonly WordTable<T> Instance = new();

    private readonly (string Word, T Value)[] _words =
        [.. Enum.GetValues<T>().Select(value => (Camel(value.ToString()), value))];

    /// <summary>Every word, for messages.</summary>
    internal string All => string.Join(", ", _words.Select(w => w.Word));

    internal bool TryRead(string word, out T value)
    {
        foreach (var (known, member) in _words)
        {
            if (known == word)
            {
                value = member;
                return true;
            }
        }

        value = default;
        return false;
    }

    internal string Write(T value)
    {
        foreach (var (word, member) in _words)
        {
            if (EqualityComparer<T>.Default.Equals(member, value))
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "No such member.");
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
