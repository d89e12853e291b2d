namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>A part of an expression, ready to be evaluated. Immutable; evaluation makes no garbage but the texts that it joins.</summary>
internal abstract class Node<T>
{
    /// <summary>False, with the fault in the scope, when it has no value.</summary>
    internal abstract bool Try(ref Scope scope, out T value);
}
