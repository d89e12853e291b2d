namespace OrleansBilling.Core.Expressions;

/// <summary>Leaves the reading of an expression at its first error; never leaves <see cref="Expression"/>.</summary>
internal sealed class ExpressionException(ExpressionError error) : Exception(error.ToString())
{
    internal ExpressionError Error { get; } = error;

    internal static ExpressionException Syntax(int at, string message) => new(new("expression.syntax", at, message));
}
