namespace OrleansBilling.Core.Expressions.Nodes;

/// <summary><c>and</c>, <c>or</c>: the right side is evaluated only when the left one does not decide.</summary>
/// <param name="decides">What a left side must be to decide: true of <c>or</c>.</param>
internal sealed class Junction(bool decides, Node<bool> left, Node<bool> right) : Node<bool>
{
    internal override bool Try(ref Scope scope, out bool value) =>
        left.Try(ref scope, out value) && (value == decides || right.Try(ref scope, out value));
}
