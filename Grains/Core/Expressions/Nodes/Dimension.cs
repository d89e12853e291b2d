namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary>A dimension as the text that it is.</summary>
internal sealed class Dimension(string name, int at) : Node<string>
{
    internal string Name => name;

    internal override bool Try(ref Scope scope, out string value)
    {
        if (scope.Find(name) is { } found)
        {
            value = found;
            return true;
        }

        return scope.Fail(ExpressionFaults.DimensionMissing, at, name, out value);
    }
}
