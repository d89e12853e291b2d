using OrleansBilling.Core.Expressions.Nodes;

namespace OrleansBilling.Core.Expressions;

/// <summary>Reads expressions. See docs/pricing.md for the language, docs/adr/0024 for its reasons.</summary>
public static class Expression
{
    /// <summary>An expression that comes to a number; null, with an error, when the text is none.</summary>
    public static Expression<decimal>? Number(string text, out ExpressionError? error) =>
        Read(text, (compiler, syntax) => compiler.Number(syntax), out error);

    /// <summary>An expression that comes to a text; null, with an error, when the text is none.</summary>
    public static Expression<string>? Text(string text, out ExpressionError? error) =>
        Read(text, (compiler, syntax) => compiler.Text(syntax), out error);

    /// <summary>An expression that is true or false; null, with an error, when the text is none.</summary>
    public static Expression<bool>? Truth(string text, out ExpressionError? error) =>
        Read(text, (compiler, syntax) => compiler.Truth(syntax), out error);

    /// <summary>The expression that was checked before.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static Expression<T> Checked<T>(Expression<T>? expression, ExpressionError? error) =>
        expression ?? throw new ArgumentException($"{error}", nameof(expression));

    private static Expression<T>? Read<T>(string text, Func<Compiler, Syntax, Node<T>> compile, out ExpressionError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var compiler = new Compiler();
            var node = compile(compiler, Parser.Read(text));
            error = null;
            return new(text, node, compiler);
        }
        catch (ExpressionException wrong)
        {
            error = wrong.Error;
            return null;
        }
    }
}
