using System.Diagnostics;
using OrleansBilling.Core.Expressions;

namespace OrleansBilling.Core.Tests.Expressions;

public class ExpressionPropertyTests
{
    private const string Characters = "ab0159. +-*/()[]<>=!&|?:,'\"`_\u00e9\u20ac\ud83d\u0001\n";

    private static readonly string[] Parts =
    [
        "value", "zone", "'eu'", "1", "0.5", "(", ")", "[", "]", ",", "?", ":", "and", "or", "not", "in", "==", "<", "+", "-", "*", "/",
        "min(", "default(", "has(", "round(", "text(", "true", "`x y`", "concat(", " ",
    ];

    [Fact]
    public void Every_expression_comes_to_what_plain_arithmetic_says() => Gen.Int.Sample(
        seed =>
        {
            var generator = new NaiveGenerator(new Random(seed));
            Check(generator.Number(4), Expression.Number, (naive, actual) => Assert.Equal(naive.ToDecimal(), actual), generator);
            Check(generator.Truth(4), Expression.Truth, Assert.Equal, generator);
            Check(generator.Word(4), Expression.Text, Assert.Equal, generator);
        },
        iter: 20_000);

    [Fact]
    public void What_is_printed_is_read_as_the_same_again() => Gen.Int.Sample(
        seed =>
        {
            var generator = new NaiveGenerator(new Random(seed));
            foreach (var text in new[] { generator.Number(3).Text, generator.Truth(3).Text, generator.Word(3).Text })
            {
                if (Read(text) is { } syntax)
                {
                    var printed = Printer.Print(syntax);
                    Assert.Equal(printed, Printer.Print(Parser.Read(printed)));
                }
            }
        },
        iter: 5_000);

    [Fact]
    public void Whatever_somebody_writes_is_an_expression_or_has_an_error_with_its_place() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var text = seed % 2 == 0
                ? string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Characters[random.Next(Characters.Length)]))
                : string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Parts[random.Next(Parts.Length)]));
            var read = Expression.Truth(text, out var error);
            Assert.Equal(read is null, error is not null);
            Assert.True(error is null || (error.Position >= 1 && error.Position <= text.Length + 1), text);
            read?.TryEvaluate(1m, [new("zone", "eu")], out _, out _);
        },
        iter: 50_000);

    [Fact]
    public void Evaluation_makes_no_garbage()
    {
        var number = Expression.Number("zone in ['eu', 'uk'] and value > 0 ? max(a + b, 2) * 0.5 / 1000 : default(c, 1)", out _)!;
        KeyValuePair<string, string>[] dimensions = [new("a", "12.5"), new("b", "7"), new("zone", "eu")];
        Assert.True(number.TryEvaluate(3m, dimensions, out var value, out _));
        Assert.Equal(0.00975m, value);

        // The runtime's own code makes some until it is compiled for good, so one round without any is what counts.
        var (started, made) = (Stopwatch.GetTimestamp(), 1L);
        while (made > 0 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                number.TryEvaluate(3m, dimensions, out _, out _);
            }

            made = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, made);
    }

    private delegate Expression<T>? Compile<T>(string text, out ExpressionError? error);

    private static void Check<TNaive, T>(
        Naive<TNaive> naive, Compile<T> compile, Action<TNaive, T> same, NaiveGenerator generator)
    {
        var compiled = compile(naive.Text, out var error);
        if (compiled is null)
        {
            // Only size can be in the way of what is well-formed by construction, and a divisor that is 0 as it is written.
            Assert.True(error!.Code is "expression.too_large", $"{error} {naive.Text}");
            return;
        }

        for (var i = 0; i < 3; i++)
        {
            var usage = generator.Event();
            var known = compiled.TryEvaluate(usage.Value, [.. usage.Dimensions], out var actual, out var fault);
            try
            {
                var expected = naive.Evaluate(usage);
                Assert.True(known, $"{naive.Text}: {fault?.Message}");
                same(expected, actual);
            }
            catch (NaiveFault expected)
            {
                Assert.False(known, naive.Text);
                Assert.True(expected.Message == fault!.Code, $"{naive.Text}: {expected.Message}, not {fault.Code}");
            }
        }
    }

    private static Syntax? Read(string text)
    {
        try
        {
            return Parser.Read(text);
        }
        catch (ExpressionException tooLarge) when (tooLarge.Error.Code == "expression.too_large")
        {
            return null;
        }
    }
}
