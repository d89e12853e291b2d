namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>A function of two arguments, or an operator.</summary>
internal sealed class Combine<TIn, TOut>(Node<TIn> left, Node<TIn> right, int at, Combine<TIn, TOut>.Function function) : Node<TOut>
{
    /// <summary>False, with the fault in the scope, when it has no value.</summary>
    internal delegate bool Function(ref Scope scope, int at, TIn left, TIn right, out TOut value);

    internal override bool Try(ref Scope scope, out TOut value)
    {
        if (left.Try(ref scope, out var first) && right.Try(ref scope, out var second))
        {
            return function(ref scope, at, first, second, out value);
        }

        value = default!;
        return false;
    }
}
