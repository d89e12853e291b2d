namespace OrleansBilling.Core.Expressions;

/// <summary>An expression as it is written.</summary>
/// <param name="At">Position of the part that gives it its meaning, from 1.</param>
internal abstract record Syntax(int At)
{
    internal sealed record Number(int At, decimal Value) : Syntax(At);

    internal sealed record Text(int At, string Value) : Syntax(At);

    internal sealed record Truth(int At, bool Value) : Syntax(At);

    /// <summary>The value of the event.</summary>
    internal sealed record EventValue(int At) : Syntax(At);

    internal sealed record Dimension(int At, string Name) : Syntax(At);

    /// <param name="Sign"><c>-</c> or <c>not</c>.</param>
    internal sealed record Unary(int At, string Sign, Syntax Operand) : Syntax(At);

    /// <param name="Sign"><c>or and == != &lt; &lt;= &gt; &gt;= + - * /</c>.</param>
    internal sealed record Binary(int At, string Sign, Syntax Left, Syntax Right) : Syntax(At);

    /// <param name="Items">Numbers, or texts; at least one.</param>
    internal sealed record OneOf(int At, Syntax Operand, IReadOnlyList<Syntax> Items) : Syntax(At);

    internal sealed record Conditional(int At, Syntax If, Syntax Then, Syntax Else) : Syntax(At);

    internal sealed record Call(int At, string Function, IReadOnlyList<Syntax> Arguments) : Syntax(At);
}
