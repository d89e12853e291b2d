using System.Globalization;
using OrleansBilling.Core.Expressions;

namespace OrleansBilling.Core.Tests.Expressions;

/// <summary>Writes what was read, with all brackets.</summary>
internal static class Printer
{
    internal static string Print(Syntax syntax) => syntax switch
    {
        Syntax.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        Syntax.Text text => Quote(text.Value, '\''),
        Syntax.Truth truth => truth.Value ? "true" : "false",
        Syntax.EventValue => "value",
        Syntax.Dimension dimension => Quote(dimension.Name, '`'),
        Syntax.Unary unary => $"({unary.Sign} {Print(unary.Operand)})",
        Syntax.Binary binary => $"({Print(binary.Left)} {binary.Sign} {Print(binary.Right)})",
        Syntax.OneOf list => $"({Print(list.Operand)} in [{string.Join(", ", list.Items.Select(Print))}])",
        Syntax.Conditional choice => $"({Print(choice.If)} ? {Print(choice.Then)} : {Print(choice.Else)})",
        Syntax.Call call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Print))})",
        _ => throw new ArgumentOutOfRangeException(nameof(syntax)),
    };

    internal static string Quote(string text, char quote) => quote + text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal) + quote;
}
