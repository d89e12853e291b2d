namespace OrleansBilling.Core.Expressions;

/// <summary>A part of the text.</summary>
/// <param name="At">Position of its first character, from 1.</param>
/// <param name="Text">Without quotes.</param>
internal readonly record struct Token(TokenKind Kind, int At, string Text)
{
    /// <summary>Whether it is a sign, or a key word.</summary>
    internal bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Word && Text == text;

    /// <summary>As a message names it.</summary>
    internal string Shown => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
