namespace OrleansBilling.Core.Expressions;

/// <summary>
/// The type of each part, known before any event comes. A dimension is a text in the event; it is read as a number where a number is
/// wanted, and is a text everywhere else.
/// </summary>
internal static class Typing
{
    /// <summary>The type of a part by itself; null where it is what is wanted of it: a dimension, or a choice between dimensions.</summary>
    /// <exception cref="ExpressionException">An unknown function, or a wrong number of arguments.</exception>
    internal static ExpressionType? Of(Syntax syntax) => syntax switch
    {
        Syntax.Number or Syntax.EventValue => ExpressionType.Number,
        Syntax.Text => ExpressionType.Text,
        Syntax.Dimension => null,
        Syntax.Unary { Sign: "-" } => ExpressionType.Number,
        Syntax.Binary { Sign: "+" or "-" or "*" or "/" } => ExpressionType.Number,
        Syntax.Conditional choice => Of(choice.Then) ?? Of(choice.Else),
        Syntax.Call { Function: "default", Arguments: [_, var otherwise] } => Of(otherwise),
        Syntax.Call call => Functions.Of(call).Type,
        _ => ExpressionType.Truth,
    };

    /// <summary>The type in which two sides are compared.</summary>
    internal static ExpressionType OfComparison(Syntax.Binary comparison)
    {
        var (left, right) = (Of(comparison.Left), Of(comparison.Right));
        if (left == ExpressionType.Truth || right == ExpressionType.Truth)
        {
            throw Wrong(comparison.At, "What is true or false is not compared: write it by itself, or with 'not'.");
        }

        if (comparison.Sign is "==" or "!=")
        {
            return left ?? right ?? ExpressionType.Text;
        }

        return left == ExpressionType.Text || right == ExpressionType.Text
            ? throw Wrong(comparison.At, $"Texts have no order: '{comparison.Sign}' compares numbers; use '==', 'in' or startsWith().")
            : ExpressionType.Number;
    }

    /// <summary>The type of the items of a list.</summary>
    internal static ExpressionType OfItems(Syntax.OneOf list) => Of(list.Items[0])!.Value;

    internal static ExpressionException Wrong(int at, string message) => new(new("expression.type", at, message));

    internal static ExpressionException Wanted(Syntax found, ExpressionType wanted) => Wrong(found.At, (found, wanted) switch
    {
        (Syntax.Dimension { Name: var name }, ExpressionType.Truth) =>
            $"The dimension '{name}' is a text and neither true nor false: compare it, such as {name} == 'yes'.",
        (Syntax.Text, ExpressionType.Number) => "A number is wanted here, and this is a text: write the digits without quotes.",
        (_, ExpressionType.Number) => "A number is wanted here.",
        (_, ExpressionType.Text) => "A text is wanted here; text() makes one of a number.",
        _ => "What is true or false is wanted here: a comparison, 'in', has() or the like.",
    });
}
