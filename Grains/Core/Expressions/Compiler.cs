using OrleansBilling.Core.Expressions.Nodes;

namespace OrleansBilling.Core.Expressions;

/// <summary>Checks the types of an expression and makes it ready to be evaluated.</summary>
internal sealed partial class Compiler
{
    /// <summary>Names of all dimensions that are read.</summary>
    internal SortedSet<string> Dimensions { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of those that are read as numbers.</summary>
    internal SortedSet<string> Figures { get; } = new(StringComparer.Ordinal);

    internal bool ReadsValue { get; private set; }

    /// <exception cref="ExpressionException">It is no number.</exception>
    internal Node<decimal> Number(Syntax syntax) => syntax switch
    {
        Syntax.Number number => new Constant<decimal>(number.Value),
        Syntax.EventValue => EventValue(),
        Syntax.Dimension dimension => Figure(dimension),
        Syntax.Unary { Sign: "-" } minus => new Apply<decimal, decimal>(Number(minus.Operand), minus.At, Arithmetic.Negate),
        Syntax.Binary { Sign: "+" } sum => Combine(sum, Arithmetic.Add),
        Syntax.Binary { Sign: "-" } difference => Combine(difference, Arithmetic.Subtract),
        Syntax.Binary { Sign: "*" } product => Combine(product, Arithmetic.Multiply),
        Syntax.Binary { Sign: "/" } quotient => quotient.Right is Syntax.Number { Value: 0m }
            ? throw new ExpressionException(new(ExpressionFaults.DivisionByZero, quotient.At, "Nothing can be divided by 0."))
            : Combine(quotient, Arithmetic.Divide),
        Syntax.Conditional choice => new Conditional<decimal>(Truth(choice.If), Number(choice.Then), Number(choice.Else)),
        Syntax.Call call => NumberOf(call),
        _ => throw Typing.Wanted(syntax, ExpressionType.Number),
    };

    /// <exception cref="ExpressionException">It is no text.</exception>
    internal Node<string> Text(Syntax syntax) => syntax switch
    {
        Syntax.Text text => new Constant<string>(text.Value),
        Syntax.Dimension dimension => DimensionOf(dimension),
        Syntax.Conditional choice => new Conditional<string>(Truth(choice.If), Text(choice.Then), Text(choice.Else)),
        Syntax.Call call => TextOf(call),
        _ => throw Typing.Wanted(syntax, ExpressionType.Text),
    };

    /// <exception cref="ExpressionException">It is neither true nor false.</exception>
    internal Node<bool> Truth(Syntax syntax) => syntax switch
    {
        Syntax.Truth truth => new Constant<bool>(truth.Value),
        Syntax.Unary { Sign: "not" } not => new Apply<bool, bool>(Truth(not.Operand), not.At, Not),
        Syntax.Binary { Sign: "and" or "or" } pair => new Junction(pair.Sign == "or", Truth(pair.Left), Truth(pair.Right)),
        Syntax.Binary { Sign: "==" or "!=" or "<" or "<=" or ">" or ">=" } comparison =>
            Typing.OfComparison(comparison) == ExpressionType.Number
                ? new Combine<decimal, bool>(Number(comparison.Left), Number(comparison.Right), comparison.At, Comparison(comparison.Sign))
                : new Combine<string, bool>(
                    Text(comparison.Left), Text(comparison.Right), comparison.At, comparison.Sign == "==" ? Same : Other),
        Syntax.OneOf list => OneOf(list),
        Syntax.Conditional choice => new Conditional<bool>(Truth(choice.If), Truth(choice.Then), Truth(choice.Else)),
        Syntax.Call call => TruthOf(call),
        _ => throw Typing.Wanted(syntax, ExpressionType.Truth),
    };

    private EventValue EventValue()
    {
        ReadsValue = true;
        return new();
    }

    private Dimension DimensionOf(Syntax.Dimension dimension)
    {
        Dimensions.Add(dimension.Name);
        return new(dimension.Name, dimension.At);
    }

    private Apply<string, decimal> Figure(Syntax.Dimension dimension)
    {
        Figures.Add(dimension.Name);
        return new(DimensionOf(dimension), dimension.At, Arithmetic.Read);
    }

    private Combine<decimal, decimal> Combine(Syntax.Binary pair, Combine<decimal, decimal>.Function function) =>
        new(Number(pair.Left), Number(pair.Right), pair.At, function);

    private Node<bool> OneOf(Syntax.OneOf list)
    {
        var type = Typing.OfItems(list);
        if (list.Items.FirstOrDefault(item => Typing.Of(item) != type) is { } other)
        {
            throw Typing.Wrong(other.At, "A list holds either numbers or texts.");
        }

        return type == ExpressionType.Number
            ? new OneOf<decimal>(Number(list.Operand), list.Items.Cast<Syntax.Number>().Select(item => item.Value))
            : new OneOf<string>(Text(list.Operand), list.Items.Cast<Syntax.Text>().Select(item => item.Value));
    }

    private static bool Not(ref Scope scope, int at, bool truth, out bool value)
    {
        value = !truth;
        return true;
    }

    private static bool Same(ref Scope scope, int at, string left, string right, out bool value)
    {
        value = string.Equals(left, right, StringComparison.Ordinal);
        return true;
    }

    private static bool Other(ref Scope scope, int at, string left, string right, out bool value)
    {
        value = !string.Equals(left, right, StringComparison.Ordinal);
        return true;
    }

    private static Combine<decimal, bool>.Function Comparison(string sign) => sign switch
    {
        "==" => Compared(static order => order == 0),
        "!=" => Compared(static order => order != 0),
        "<" => Compared(static order => order < 0),
        "<=" => Compared(static order => order <= 0),
        ">" => Compared(static order => order > 0),
        _ => Compared(static order => order >= 0),
    };

    private static Combine<decimal, bool>.Function Compared(Func<int, bool> holds) =>
        (ref Scope _, int _, decimal left, decimal right, out bool value) =>
        {
            value = holds(left.CompareTo(right));
            return true;
        };
}
