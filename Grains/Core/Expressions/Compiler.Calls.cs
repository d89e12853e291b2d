using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Expressions.Nodes;

namespace OrleansBilling.Core.Expressions;

/// <summary>Calls of functions.</summary>
internal sealed partial class Compiler
{
    private Node<decimal> NumberOf(Syntax.Call call)
    {
        _ = Functions.Of(call);
        var arguments = call.Arguments;
        return call.Function switch
        {
            "min" => Fold(call, Number, Arithmetic.Smaller),
            "max" => Fold(call, Number, Arithmetic.Greater),
            "abs" => new Apply<decimal, decimal>(Number(arguments[0]), call.At, Arithmetic.Absolute),
            "floor" => new Apply<decimal, decimal>(Number(arguments[0]), call.At, Arithmetic.Floor),
            "ceil" => new Apply<decimal, decimal>(Number(arguments[0]), call.At, Arithmetic.Ceiling),
            "round" => new Apply<decimal, decimal>(Number(arguments[0]), call.At, Rounded(Places(call))),
            "number" when arguments[0] is Syntax.Dimension dimension => Figure(dimension),
            "number" => new Apply<string, decimal>(Text(arguments[0]), call.At, Arithmetic.Read),
            "length" => new Apply<string, decimal>(Text(arguments[0]), call.At, Texts.Length),
            "default" => Default(call, Number),
            _ => throw Typing.Wanted(call, ExpressionType.Number),
        };
    }

    private Node<string> TextOf(Syntax.Call call)
    {
        _ = Functions.Of(call);
        return call.Function switch
        {
            "text" => new Apply<decimal, string>(Number(call.Arguments[0]), call.At, Texts.Write),
            "lower" => new Apply<string, string>(Text(call.Arguments[0]), call.At, Texts.Lower),
            "concat" => Fold(call, Text, Texts.Concat),
            "default" => Default(call, Text),
            _ => throw Typing.Wanted(call, ExpressionType.Text),
        };
    }

    private Node<bool> TruthOf(Syntax.Call call)
    {
        _ = Functions.Of(call);
        return call.Function switch
        {
            "contains" => Test(call, Texts.Contains),
            "startsWith" => Test(call, Texts.StartsWith),
            "endsWith" => Test(call, Texts.EndsWith),
            "has" => new Has(DimensionOf(Dimension(call)).Name),
            "isNumber" => new Junction(
                false, new Has(DimensionOf(Dimension(call)).Name),
                new Apply<string, bool>(DimensionOf(Dimension(call)), call.At, Texts.IsNumber)),
            _ => throw Typing.Wanted(call, ExpressionType.Truth),
        };
    }

    private Combine<string, bool> Test(Syntax.Call call, Combine<string, bool>.Function test) =>
        new(Text(call.Arguments[0]), Text(call.Arguments[1]), call.At, test);

    private static Node<T> Fold<T>(Syntax.Call call, Func<Syntax, Node<T>> compile, Combine<T, T>.Function combine) =>
        call.Arguments.Skip(1).Aggregate(
            compile(call.Arguments[0]), (left, right) => new Combine<T, T>(left, compile(right), call.At, combine));

    private static Default<T> Default<T>(Syntax.Call call, Func<Syntax, Node<T>> compile) =>
        new(Dimension(call).Name, compile(call.Arguments[0]), compile(call.Arguments[1]));

    private static Syntax.Dimension Dimension(Syntax.Call call) => call.Arguments[0] as Syntax.Dimension
        ?? throw new ExpressionException(new(
            "expression.arguments", call.Arguments[0].At, $"{call.Function}() asks for a dimension: give its name, without quotes."));

    private static int Places(Syntax.Call call) => call.Arguments switch
    {
        [_] => 0,
        [_, Syntax.Number { Value: >= 0m and <= ExpressionLimits.MaxPlaces } places] when places.Value == decimal.Floor(places.Value) =>
            (int)places.Value,
        _ => throw new ExpressionException(new(
            "expression.arguments", call.Arguments[1].At, $"The places are a whole number from 0 to {ExpressionLimits.MaxPlaces}.")),
    };

    private static Apply<decimal, decimal>.Function Rounded(int places) =>
        (ref Scope _, int _, decimal number, out decimal value) =>
        {
            value = DecimalText.Normalize(decimal.Round(number, places, MidpointRounding.AwayFromZero));
            return true;
        };
}
