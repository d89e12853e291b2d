namespace OrleansBilling.Core.Expressions;

/// <summary>Cuts a text into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] Signs =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "(", ")", "[", "]", ",", "?", ":"];

    /// <summary>The tokens, with <see cref="TokenKind.End"/> as the last one.</summary>
    /// <exception cref="ExpressionException">A character, a number or a quote that cannot be.</exception>
    internal static List<Token> Read(string text)
    {
        if (text.Length > ExpressionLimits.MaxLength)
        {
            throw new ExpressionException(new(
                "expression.too_large", ExpressionLimits.MaxLength + 1,
                $"An expression has at most {ExpressionLimits.MaxLength} characters."));
        }

        var tokens = new List<Token>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is ' ' or '\t' or '\r' or '\n')
            {
                i++;
                continue;
            }

            var (token, next) = Next(text, i);
            tokens.Add(token);
            i = next;
        }

        tokens.Add(new(TokenKind.End, text.Length + 1, ""));
        return tokens;
    }

    private static (Token Token, int Next) Next(string text, int i)
    {
        if (char.IsAsciiDigit(text[i]))
        {
            return Number(text, i);
        }

        if (IsNameStart(text[i]))
        {
            var end = End(text, i, c => IsNameStart(c) || char.IsAsciiDigit(c) || c == '.');
            return (new(TokenKind.Word, i + 1, text[i..end]), end);
        }

        if (text[i] is '\'' or '"' or '`')
        {
            return Quoted(text, i);
        }

        var sign = Array.Find(Signs, s => string.CompareOrdinal(text, i, s, 0, s.Length) == 0)
            ?? throw ExpressionException.Syntax(i + 1, text[i] switch
            {
                '=' => "'=' is no operator: compare with '=='.",
                '&' or '|' => "Write 'and' and 'or'.",
                _ when char.IsControl(text[i]) || char.IsSurrogate(text[i]) => "This character has no meaning outside of a text.",
                var c => $"'{c}' has no meaning here; put texts in quotes, and unusual names of dimensions in backquotes.",
            });
        return (new(TokenKind.Sign, i + 1, sign), i + sign.Length);
    }

    private static (Token Token, int Next) Number(string text, int i)
    {
        var end = End(text, i, char.IsAsciiDigit);
        if (end < text.Length && text[end] == '.')
        {
            var fraction = End(text, end + 1, char.IsAsciiDigit);
            end = fraction > end + 1
                ? fraction
                : throw ExpressionException.Syntax(end + 1, "Digits follow the point of a number: write 1.0 or 1.");
        }

        return end < text.Length && (IsNameStart(text[end]) || text[end] == '.')
            ? throw ExpressionException.Syntax(end + 1, "A number is digits and a point, such as 1000 or 0.5, and no unit.")
            : (new(TokenKind.Number, i + 1, text[i..end]), end);
    }

    /// <summary>A quote inside is written twice.</summary>
    private static (Token Token, int Next) Quoted(string text, int start)
    {
        var quote = text[start];
        var content = new System.Text.StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote && (i + 1 == text.Length || text[i + 1] != quote))
            {
                return content.Length <= ExpressionLimits.MaxTextLength && (quote != '`' || content.Length > 0)
                    ? (new(quote == '`' ? TokenKind.QuotedName : TokenKind.Text, start + 1, content.ToString()), i + 1)
                    : throw ExpressionException.Syntax(
                        start + 1, $"Texts have at most {ExpressionLimits.MaxTextLength} characters, names of dimensions at least 1.");
            }

            content.Append(text[i]);
            i += text[i] == quote ? 1 : 0;
        }

        throw ExpressionException.Syntax(start + 1, $"The closing {quote} is missing.");
    }

    private static int End(string text, int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
        {
            from++;
        }

        return from;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
