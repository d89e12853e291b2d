namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>One of two; the other one is not evaluated.</summary>
internal sealed class Conditional<T>(Node<bool> test, Node<T> then, Node<T> otherwise) : Node<T>
{
    internal override bool Try(ref Scope scope, out T value)
    {
        if (test.Try(ref scope, out var holds))
        {
            return (holds ? then : otherwise).Try(ref scope, out value);
        }

        value = default!;
        return false;
    }
}
