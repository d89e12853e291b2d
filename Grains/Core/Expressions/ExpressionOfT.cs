using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Expressions.Nodes;

namespace OrleansBilling.Core.Expressions;

/// <summary>A checked expression over the value and the dimensions of an event. Pure, immutable, safe to share between threads.</summary>
/// <typeparam name="T">What it comes to: <see cref="decimal"/>, <see cref="string"/> or <see cref="bool"/>.</typeparam>
public sealed class Expression<T>
{
    private readonly Node<T> _node;

    internal Expression(string text, Node<T> node, Compiler compiler)
    {
        (Source, _node, ReadsValue) = (text, node, compiler.ReadsValue);
        (Dimensions, Figures) = ([.. compiler.Dimensions], [.. compiler.Figures]);
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>Whether it reads the value of the event.</summary>
    public bool ReadsValue { get; }

    /// <summary>The dimensions it reads, in order of their names.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>Those of them that it reads as numbers.</summary>
    public IReadOnlyList<string> Figures { get; }

    /// <summary>What it comes to for one event.</summary>
    /// <param name="value">Of the event, in the meter's unit.</param>
    /// <param name="dimensions">Of the event.</param>
    /// <param name="result">Meaningless when there is a fault.</param>
    /// <param name="fault">Why it comes to nothing.</param>
    public bool TryEvaluate(
        decimal value, IReadOnlyList<KeyValuePair<string, string>> dimensions, out T result,
        [NotNullWhen(false)] out ExpressionFault? fault)
    {
        var scope = new Scope(value, dimensions);
        var known = _node.Try(ref scope, out result);
        fault = known ? null : Fault(scope.Code!, scope.At, scope.Subject);
        return known;
    }

    /// <summary>A fault of the whole.</summary>
    internal ExpressionFault Fault(string code, int at = 1, string? subject = null) => new(code, at, subject, Source);
}
