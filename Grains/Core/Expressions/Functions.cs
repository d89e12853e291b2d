namespace OrleansBilling.Core.Expressions;

/// <summary>The functions that there are, with their types.</summary>
internal static class Functions
{
    /// <summary>Arguments that <c>min</c>, <c>max</c> and <c>concat</c> take at most.</summary>
    internal const int MostArguments = 16;

    private static readonly Dictionary<string, Signature> Known = new Dictionary<string, Signature>(StringComparer.Ordinal)
    {
        ["min"] = new(ExpressionType.Number, 2, MostArguments, "min(a, b, …)"),
        ["max"] = new(ExpressionType.Number, 2, MostArguments, "max(a, b, …)"),
        ["abs"] = new(ExpressionType.Number, 1, 1, "abs(number)"),
        ["floor"] = new(ExpressionType.Number, 1, 1, "floor(number)"),
        ["ceil"] = new(ExpressionType.Number, 1, 1, "ceil(number)"),
        ["round"] = new(ExpressionType.Number, 1, 2, "round(number) or round(number, places)"),
        ["number"] = new(ExpressionType.Number, 1, 1, "number(text)"),
        ["length"] = new(ExpressionType.Number, 1, 1, "length(text)"),
        ["text"] = new(ExpressionType.Text, 1, 1, "text(number)"),
        ["lower"] = new(ExpressionType.Text, 1, 1, "lower(text)"),
        ["concat"] = new(ExpressionType.Text, 2, MostArguments, "concat(a, b, …)"),
        ["contains"] = new(ExpressionType.Truth, 2, 2, "contains(text, part)"),
        ["startsWith"] = new(ExpressionType.Truth, 2, 2, "startsWith(text, part)"),
        ["endsWith"] = new(ExpressionType.Truth, 2, 2, "endsWith(text, part)"),
        ["has"] = new(ExpressionType.Truth, 1, 1, "has(dimension)"),
        ["isNumber"] = new(ExpressionType.Truth, 1, 1, "isNumber(dimension)"),
        // Its type is that of its second argument, or what is wanted.
        ["default"] = new(null, 2, 2, "default(dimension, otherwise)"),
    };

    /// <summary>The function that is called, with as many arguments as it takes.</summary>
    /// <exception cref="ExpressionException">There is none, or it takes another number of arguments.</exception>
    internal static Signature Of(Syntax.Call call)
    {
        if (!Known.TryGetValue(call.Function, out var found))
        {
            throw new ExpressionException(new(
                "expression.function_unknown", call.At,
                $"There is no function '{call.Function}'; known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}."));
        }

        return call.Arguments.Count >= found.Least && call.Arguments.Count <= found.Most
            ? found
            : throw new ExpressionException(new("expression.arguments", call.At, $"The function is called {found.Form}."));
    }

    /// <param name="Type">Of its result; null where it depends on the arguments.</param>
    /// <param name="Least">Arguments.</param>
    /// <param name="Most">Arguments.</param>
    /// <param name="Form">How it is written.</param>
    internal sealed record Signature(ExpressionType? Type, int Least, int Most, string Form);
}
