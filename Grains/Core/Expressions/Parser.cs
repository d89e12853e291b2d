using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Expressions;

/// <summary>Reads an expression: recursive descent, with bounded depth and size. From weak to strong: <c>?:</c>, <c>or</c>,
/// <c>and</c>, <c>not</c>, comparisons and <c>in</c> (which do not chain), <c>+ -</c>, <c>* /</c>, the sign.</summary>
internal sealed class Parser
{
    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;
    private int _nodes;

    private Parser(string text) => _tokens = Lexer.Read(text);

    private Token Token => _tokens[_next];

    /// <exception cref="ExpressionException">The text is no expression.</exception>
    internal static Syntax Read(string text)
    {
        var parser = new Parser(text);
        var read = parser.Conditional();
        return parser.Token.Kind == TokenKind.End
            ? read
            : throw ExpressionException.Syntax(
                parser.Token.At, $"The expression could end before {parser.Token.Shown}; an operator is missing, or a bracket is too many.");
    }

    private Syntax Conditional()
    {
        Enter();
        var condition = Or();
        if (Token.Is("?"))
        {
            var at = Take().At;
            var then = Conditional();
            Expect(":", "A condition is written: test ? one : other.");
            condition = Node(new Syntax.Conditional(at, condition, then, Conditional()));
        }

        _depth--;
        return condition;
    }

    private Syntax Or() => Chain(And, sign => sign switch { "or" or "||" => "or", _ => null });

    private Syntax And() => Chain(Not, sign => sign switch { "and" or "&&" => "and", _ => null });

    private Syntax Not()
    {
        if (!Token.Is("not") && !Token.Is("!"))
        {
            return Comparison();
        }

        Enter();
        var not = Node(new Syntax.Unary(Take().At, "not", Not()));
        _depth--;
        return not;
    }

    private Syntax Comparison()
    {
        var left = Sum();
        var compared = Token switch
        {
            { Kind: TokenKind.Sign, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" } =>
                Node(new Syntax.Binary(Token.At, Take().Text, left, Sum())),
            _ when Token.Is("in") => OneOf(left),
            _ when Token.Is("not") && _tokens[_next + 1].Is("in") => Node(new Syntax.Unary(Take().At, "not", OneOf(left))),
            _ => left,
        };
        return Token is { Kind: TokenKind.Sign, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" }
            ? throw ExpressionException.Syntax(Token.At, "Comparisons do not follow each other: join them with 'and'.")
            : compared;
    }

    private Syntax.OneOf OneOf(Syntax operand)
    {
        var at = Take().At;
        Expect("[", "A list is written ['eu', 'uk'].");
        var items = new List<Syntax>();
        do
        {
            items.Add(Item());
        }
        while (TryTake(","));
        Expect("]", "The list has no closing ']'.");
        return Node(new Syntax.OneOf(at, operand, items));
    }

    private Syntax Item()
    {
        var minus = Token.Is("-") ? Take().At : 0;
        return Primary() switch
        {
            Syntax.Number number => minus > 0 ? number with { At = minus, Value = -number.Value } : number,
            Syntax.Text text when minus == 0 => text,
            var other => throw ExpressionException.Syntax(other.At, "Lists hold numbers or texts in quotes and nothing else."),
        };
    }

    private Syntax Sum() => Chain(Product, sign => sign is "+" or "-" ? sign : null);

    private Syntax Product() => Chain(Sign, sign => sign is "*" or "/" ? sign : null);

    private Syntax Sign()
    {
        if (!Token.Is("-"))
        {
            return Primary();
        }

        Enter();
        var negated = Node(new Syntax.Unary(Take().At, "-", Sign()));
        _depth--;
        return negated;
    }

    private Syntax Primary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number when DecimalText.TryParse(token.Text, out var number):
                return Node(new Syntax.Number(token.At, number));
            case TokenKind.Number:
                throw ExpressionException.Syntax(token.At, "A number has at most 28 digits.");
            case TokenKind.Text:
                return Node(new Syntax.Text(token.At, token.Text));
            case TokenKind.QuotedName:
                return Node(new Syntax.Dimension(token.At, token.Text));
            case TokenKind.Word when Token.Is("(") && !IsKeyWord(token.Text):
                return Call(token);
            case TokenKind.Word:
                return Word(token);
            case TokenKind.Sign when token.Text == "(":
                var inner = Conditional();
                Expect(")", "A closing ')' is missing.");
                return inner;
            default:
                throw ExpressionException.Syntax(
                    token.At, $"A number, a text in quotes, a dimension, 'value' or a function is missing before {token.Shown}.");
        }
    }

    private Syntax Word(Token token) => token.Text switch
    {
        "value" => Node(new Syntax.EventValue(token.At)),
        "true" or "false" => Node(new Syntax.Truth(token.At, token.Text == "true")),
        _ when IsKeyWord(token.Text) => throw ExpressionException.Syntax(
            token.At, $"Something is missing before '{token.Text}'; a dimension of that name is written `{token.Text}`, in backquotes."),
        { Length: > ExpressionLimits.MaxTextLength } => throw ExpressionException.Syntax(
            token.At, $"The name of a dimension has at most {ExpressionLimits.MaxTextLength} characters."),
        _ => Node(new Syntax.Dimension(token.At, token.Text)),
    };

    private Syntax.Call Call(Token function)
    {
        _next++;
        var arguments = new List<Syntax>();
        if (!Token.Is(")"))
        {
            do
            {
                arguments.Add(Conditional());
            }
            while (TryTake(","));
        }

        Expect(")", $"The closing ')' of {function.Text}() is missing.");
        return Node(new Syntax.Call(function.At, function.Text, arguments));
    }

    private Syntax Chain(Func<Syntax> operand, Func<string, string?> sign)
    {
        var left = operand();
        while (Token.Kind is TokenKind.Sign or TokenKind.Word && sign(Token.Text) is { } found)
        {
            left = Node(new Syntax.Binary(Take().At, found, left, operand()));
        }

        return left;
    }

    private static bool IsKeyWord(string word) => word is "value" or "and" or "or" or "not" or "in" or "true" or "false";

    private Token Take() => Token.Kind == TokenKind.End ? Token : _tokens[_next++];

    private bool TryTake(string sign)
    {
        var found = Token.Is(sign);
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string sign, string otherwise)
    {
        if (!TryTake(sign))
        {
            throw ExpressionException.Syntax(Token.At, $"{otherwise} Found {Token.Shown}.");
        }
    }

    private T Node<T>(T node)
        where T : Syntax =>
        ++_nodes <= ExpressionLimits.MaxNodes
            ? node
            : throw new ExpressionException(new(
                "expression.too_large", node.At, $"An expression has at most {ExpressionLimits.MaxNodes} parts; use a look-up table."));

    private void Enter()
    {
        if (++_depth > ExpressionLimits.MaxDepth)
        {
            throw new ExpressionException(new(
                "expression.too_large", Token.At, $"Parts lie in each other at most {ExpressionLimits.MaxDepth} deep."));
        }
    }
}
