using System.Globalization;

namespace OrleansBilling.Core.Expressions;

/// <summary>Why an expression has no value for one event.</summary>
/// <param name="Code">Stable: one of <see cref="ExpressionFaults"/>.</param>
/// <param name="Position">Of the part of the expression at fault, from 1.</param>
/// <param name="Subject">The dimension or the text it is about; null where there is none.</param>
/// <param name="Expression">The whole expression.</param>
public sealed record ExpressionFault(string Code, int Position, string? Subject, string Expression)
{
    /// <summary>An English sentence that says what is wrong, where, and what to do; not stable.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture, $"{ExpressionFaults.Describe(Code, Subject)} Character {Position} of: {Expression}");
}
