namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>The value of the event.</summary>
internal sealed class EventValue : Node<decimal>
{
    internal override bool Try(ref Scope scope, out decimal value)
    {
        value = scope.Value;
        return true;
    }
}
