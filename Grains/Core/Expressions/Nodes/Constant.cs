namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>What is written in the expression.</summary>
internal sealed class Constant<T>(T constant) : Node<T>
{
    internal override bool Try(ref Scope scope, out T value)
    {
        value = constant;
        return true;
    }
}
