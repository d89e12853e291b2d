using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.Taxation;

namespace OrleansBilling.Grains.Tests.Taxation;

/// <summary>What every calculator has to hold, the program's own and one outside: derive a class from it to test yours.</summary>
public abstract class TaxCalculatorContract
{
    private static readonly LocalDate Day = new(2026, 1, 31);

    /// <summary>The calculator under test.</summary>
    protected abstract ITaxCalculator Calculator { get; }

    /// <summary>A request that it answers: a seller and a buyer with taxes between them.</summary>
    protected static TaxRequest Known(bool inclusive, params IReadOnlyList<long> minorUnits) => new(
        Day,
        new(new("DE"), [new("DE", TaxRegistrationKind.Ordinary, null, new(2020, 1, 1))]),
        new(new("DE"), BuyerKind.Consumer),
        [.. minorUnits.Select((units, i) => new TaxableLine(
            $"{i}", new(units, Currency.FromCode("EUR")), TaxClasses.Telecommunications, new(new(2026, 1, 1), Day)))],
        new(PricesIncludeTax: inclusive));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_is_consistent_with_itself_and_the_request(bool inclusive)
    {
        var request = Known(inclusive, 999, 1, 0, -250, 123_456);
        var outcome = await Calculator.Calculate(request, CancellationToken.None);
        Assert.NotNull(outcome.Statement);
        Assert.Empty(TaxStatementCheck.Problems(request, outcome.Statement));
        Assert.NotEmpty(outcome.Statement.Data.Version);
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer()
    {
        var request = Known(false, 999, 1);
        var (first, second) = (
            await Calculator.Calculate(request, CancellationToken.None), await Calculator.Calculate(request, CancellationToken.None));
        Assert.Equal(first.Statement!.Breakdown, second.Statement!.Breakdown);
        Assert.Equal(first.Statement.Gross, second.Statement.Gross);
    }

    [Fact]
    public async Task A_credit_negates()
    {
        var invoice = await Calculator.Calculate(Known(false, 999, 1), CancellationToken.None);
        var credit = await Calculator.Calculate(Known(false, -999, -1), CancellationToken.None);
        Assert.Equal(-invoice.Statement!.Tax, credit.Statement!.Tax);
    }

    [Fact]
    public async Task What_it_does_not_know_it_holds_with_a_reason()
    {
        var request = Known(false, 100) with { Buyer = new(null, BuyerKind.Consumer) };
        var outcome = await Calculator.Calculate(request, CancellationToken.None);
        Assert.Null(outcome.Statement);
        Assert.NotEmpty(Assert.Single(outcome.Holds).Reason);
    }

    [Fact]
    public async Task Who_gives_up_gets_no_answer()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calculator.Calculate(Known(false, 100), given.Token));
    }
}
