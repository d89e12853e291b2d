namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>A dimension, or something else where the event has none of that name.</summary>
internal sealed class Default<T>(string name, Node<T> present, Node<T> otherwise) : Node<T>
{
    internal override bool Try(ref Scope scope, out T value) =>
        (scope.Find(name) is null ? otherwise : present).Try(ref scope, out value);
}
