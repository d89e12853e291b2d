namespace OrleansBilling.Core.Expressions;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    Number,
    Text,

    /// <summary>A word: a name, a function or a key word.</summary>
    Word,

    /// <summary>A name in backquotes, which is never a key word.</summary>
    QuotedName,

    /// <summary>An operator or a bracket.</summary>
    Sign,

    End,
}
