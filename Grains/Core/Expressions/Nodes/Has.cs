namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>Whether the event has a dimension.</summary>
internal sealed class Has(string name) : Node<bool>
{
    internal override bool Try(ref Scope scope, out bool value)
    {
        value = scope.Find(name) is not null;
        return true;
    }
}
