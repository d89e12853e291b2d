namespace OrleansBilling.Core.Expressions;

/// <summary>Why a text is no expression.</summary>
/// <param name="Code">Stable: <c>expression.syntax</c>, <c>.type</c>, <c>.function_unknown</c>, <c>.arguments</c>,
/// <c>.division_by_zero</c> or <c>.too_large</c>.</param>
/// <param name="Position">Of the character at fault, from 1.</param>
/// <param name="Message">What is wrong and how to mend it, without the position.</param>
public sealed record ExpressionError(string Code, int Position, string Message)
{
    /// <summary>The message with its position.</summary>
    public override string ToString() => $"Character {Position}: {Message}";
}
