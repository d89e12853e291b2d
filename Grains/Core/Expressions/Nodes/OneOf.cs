using System.Collections.Frozen;

namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>Whether something is in a list.</summary>
internal sealed class OneOf<T>(Node<T> operand, IEnumerable<T> items) : Node<bool>
{
    private readonly FrozenSet<T> _items = items.ToFrozenSet();

    internal override bool Try(ref Scope scope, out bool value)
    {
        var known = operand.Try(ref scope, out var found);
        value = known && _items.Contains(found);
        return known;
    }
}
