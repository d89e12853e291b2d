using System.Globalization;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Tests.Expressions;

/// <summary>Random expressions of each type, and random events for them.</summary>
internal sealed class NaiveGenerator(Random random)
{
    private static readonly string[] Names = ["a", "b", "zone", "in", "x y"];
    private static readonly string[] Contents = ["", "0", "1", "-2.5", "100", "eu", "EU", "it's", "1e3", "0.000000000001"];

    internal NaiveEvent Event() => new(
        Number(), Names.Where(_ => random.Next(4) > 0).ToDictionary(name => name, _ => Contents[random.Next(Contents.Length)]));

    internal Naive<BigDecimal> Number(int depth) => random.Next(depth <= 0 ? 3 : 12) switch
    {
        0 => Literal(),
        1 => new("value", e => BigDecimal.Of(e.Value)),
        2 => Figure(Names[random.Next(Names.Length)]),
        3 => Operation("+", Number(depth - 1), Number(depth - 1), (x, y) => x + y),
        4 => Operation("-", Number(depth - 1), Number(depth - 1), (x, y) => x + -y),
        5 => Operation("*", Number(depth - 1), Number(depth - 1), (x, y) => x * y),
        6 => Quotient(Number(depth - 1), Number(depth - 1)),
        7 => Choice(Truth(depth - 1), Number(depth - 1), Number(depth - 1)),
        8 => Extreme("min", Number(depth - 1), Number(depth - 1), (x, y) => x.CompareTo(y) <= 0 ? x : y),
        9 => Extreme("max", Number(depth - 1), Number(depth - 1), (x, y) => x.CompareTo(y) >= 0 ? x : y),
        10 => Default(Names[random.Next(Names.Length)], Number(depth - 1)),
        _ => Negated(Number(depth - 1)),
    };

    internal Naive<string> Word(int depth) => random.Next(depth <= 0 ? 2 : 4) switch
    {
        0 => Content(),
        1 => Dimension(Names[random.Next(Names.Length)]),
        2 => Choice(Truth(depth - 1), Content(), Word(depth - 1)),
        _ => Joined(Word(depth - 1), Word(depth - 1)),
    };

    internal Naive<bool> Truth(int depth) => random.Next(depth <= 0 ? 3 : 10) switch
    {
        0 => random.Next(2) == 0 ? new("true", _ => true) : new("false", _ => false),
        1 => Has(Names[random.Next(Names.Length)]),
        2 => Listed(),
        3 => Compared("<", Number(depth - 1), Number(depth - 1), order => order < 0),
        4 => Compared(">=", Number(depth - 1), Number(depth - 1), order => order >= 0),
        5 => SameWord(Content(), Word(depth - 1)),
        6 => Junction("and", Truth(depth - 1), Truth(depth - 1), decides: false),
        7 => Junction("or", Truth(depth - 1), Truth(depth - 1), decides: true),
        8 => Choice(Truth(depth - 1), Truth(depth - 1), Truth(depth - 1)),
        _ => Not(Truth(depth - 1)),
    };

    private decimal Number() => new(random.Next(0, 5_000_000), 0, 0, random.Next(2) == 0, (byte)random.Next(0, 7));

    private Naive<BigDecimal> Literal()
    {
        var number = Math.Abs(Number());
        return new(number.ToString(CultureInfo.InvariantCulture), _ => BigDecimal.Of(number));
    }

    private Naive<string> Content()
    {
        var content = Contents[random.Next(Contents.Length)];
        return new(Printer.Quote(content, random.Next(2) == 0 ? '\'' : '"'), _ => content);
    }

    private static string Name(string name) => name is "in" or "x y" ? $"`{name}`" : name;

    private static Naive<string> Dimension(string name) => new(Name(name), e =>
        e.Dimensions.TryGetValue(name, out var found) ? found : throw new NaiveFault("expression.dimension_missing"));

    private static Naive<BigDecimal> Figure(string name)
    {
        var dimension = Dimension(name);
        return new(dimension.Text, e => DecimalText.TryParse(dimension.Evaluate(e), out var number)
            ? BigDecimal.Of(number)
            : throw new NaiveFault("expression.not_a_number"));
    }

    private static Naive<BigDecimal> Operation(
        string sign, Naive<BigDecimal> left, Naive<BigDecimal> right, Func<BigDecimal, BigDecimal, BigDecimal> apply) =>
        new($"({left.Text} {sign} {right.Text})", e =>
        {
            var (x, y) = (left.Evaluate(e), right.Evaluate(e));
            return Fitting(apply(x, y));
        });

    private static Naive<BigDecimal> Quotient(Naive<BigDecimal> left, Naive<BigDecimal> right) =>
        new($"({left.Text} / ({right.Text} + 0))", e =>
        {
            var (x, y) = (left.Evaluate(e), Fitting(right.Evaluate(e)));
            var quotient = y.Mantissa.IsZero ? throw new NaiveFault("expression.division_by_zero") : x / y;
            return quotient.CompareTo(BigDecimal.Of(1_000_000_000_000_000m)) < 0
                && (-quotient).CompareTo(BigDecimal.Of(1_000_000_000_000_000m)) < 0
                ? Fitting(quotient)
                : throw new NaiveFault("expression.overflow");
        });

    private static BigDecimal Fitting(BigDecimal number) => number.Fits ? number : throw new NaiveFault("expression.overflow");

    private static Naive<BigDecimal> Negated(Naive<BigDecimal> number) => new($"-{number.Text}", e => -number.Evaluate(e));

    private static Naive<BigDecimal> Extreme(
        string name, Naive<BigDecimal> left, Naive<BigDecimal> right, Func<BigDecimal, BigDecimal, BigDecimal> pick) =>
        new($"{name}({left.Text}, {right.Text})", e =>
        {
            var x = left.Evaluate(e);
            return pick(x, right.Evaluate(e));
        });

    private static Naive<BigDecimal> Default(string name, Naive<BigDecimal> otherwise) =>
        new($"default({Name(name)}, {otherwise.Text})", e =>
            e.Dimensions.ContainsKey(name) ? Figure(name).Evaluate(e) : otherwise.Evaluate(e));

    private static Naive<T> Choice<T>(Naive<bool> test, Naive<T> then, Naive<T> otherwise) =>
        new($"({test.Text} ? {then.Text} : {otherwise.Text})", e => test.Evaluate(e) ? then.Evaluate(e) : otherwise.Evaluate(e));

    private static Naive<string> Joined(Naive<string> left, Naive<string> right) =>
        new($"concat({left.Text}, {right.Text})", e => left.Evaluate(e) + right.Evaluate(e));

    private static Naive<bool> Has(string name) => new($"has({Name(name)})", e => e.Dimensions.ContainsKey(name));

    private Naive<bool> Listed()
    {
        var (dimension, items) = (Dimension(Names[random.Next(Names.Length)]), new[] { Content(), Content() });
        return new($"{dimension.Text} in [{items[0].Text}, {items[1].Text}]", e =>
            dimension.Evaluate(e) is var found && items.Any(item => item.Evaluate(e) == found));
    }

    /// <summary>Zero added, so that both sides are numbers even where they are dimensions.</summary>
    private static Naive<bool> Compared(string sign, Naive<BigDecimal> left, Naive<BigDecimal> right, Func<int, bool> holds) =>
        new($"{left.Text} + 0 {sign} {right.Text}", e =>
        {
            var x = Fitting(left.Evaluate(e));
            return holds(x.CompareTo(right.Evaluate(e)));
        });

    private static Naive<bool> SameWord(Naive<string> left, Naive<string> right) =>
        new($"{left.Text} == {right.Text}", e => left.Evaluate(e) == right.Evaluate(e));

    private static Naive<bool> Junction(string word, Naive<bool> left, Naive<bool> right, bool decides) =>
        new($"({left.Text} {word} {right.Text})", e => left.Evaluate(e) == decides ? decides : right.Evaluate(e));

    private static Naive<bool> Not(Naive<bool> truth) => new($"not ({truth.Text})", e => !truth.Evaluate(e));
}
