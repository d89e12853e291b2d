namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>A function of one argument.</summary>
internal sealed class Apply<TIn, TOut>(Node<TIn> argument, int at, Apply<TIn, TOut>.Function function) : Node<TOut>
{
    /// <summary>False, with the fault in the scope, when it has no value.</summary>
    internal delegate bool Function(ref Scope scope, int at, TIn argument, out TOut value);

    internal override bool Try(ref Scope scope, out TOut value)
    {
        if (argument.Try(ref scope, out var found))
        {
            return function(ref scope, at, found, out value);
        }

        value = default!;
        return false;
    }
}
