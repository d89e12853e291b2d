using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.Taxation;

namespace OrleansBilling.Grains.Tests.Taxation;

public class RulesTaxCalculatorTests : TaxCalculatorContract
{
    protected override ITaxCalculator Calculator { get; } = new RulesTaxCalculator(new(TaxData.BuiltIn));

    /// <summary>Invoices store both, and grains send them.</summary>
    [Fact]
    public async Task Requests_and_outcomes_survive_as_JSON()
    {
        var request = Known(true, 999, 1);
        var read = JsonSerializer.Deserialize<TaxRequest>(JsonSerializer.Serialize(request, BillingJson.Options), BillingJson.Options)!;
        var outcome = await Calculator.Calculate(read, CancellationToken.None);
        var json = JsonSerializer.Serialize(outcome, BillingJson.Options);
        var again = JsonSerializer.Deserialize<TaxOutcome>(json, BillingJson.Options)!;
        Assert.Empty(TaxStatementCheck.Problems(request, again.Statement!));
        Assert.Equal(outcome.Statement!.Breakdown, again.Statement!.Breakdown);
        Assert.Equal(json, JsonSerializer.Serialize(again, BillingJson.Options));
    }
}

/// <summary>The contract holds behind the check as well: it changes no right answer.</summary>
public class CheckedTaxCalculatorTests : TaxCalculatorContract
{
    private static readonly RulesTaxCalculator Rules = new(new(TaxData.BuiltIn));

    protected override ITaxCalculator Calculator { get; } = Checked(Rules, new FakeTimeProvider());

    internal static CheckedTaxCalculator Checked(ITaxCalculator calculator, TimeProvider time) =>
        new(calculator, TimeSpan.FromSeconds(5), time, NullLogger<CheckedTaxCalculator>.Instance);

    [Fact]
    public async Task A_failure_outside_holds_the_invoice()
    {
        var calculator = Checked(new Outside((_, _) => throw new HttpRequestException("secret host")), new FakeTimeProvider());
        var hold = Assert.Single((await calculator.Calculate(Known(false, 100), CancellationToken.None)).Holds);
        Assert.Equal(TaxHoldCodes.ExternalUnavailable, hold.Code);
        Assert.DoesNotContain("secret", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_holds_the_invoice_in_time()
    {
        var time = new FakeTimeProvider();
        // It looks at no token.
        var calculator = Checked(new Outside((_, _) => new TaskCompletionSource<TaxOutcome>().Task), time);
        var answer = calculator.Calculate(Known(false, 100), CancellationToken.None);
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TaxHoldCodes.ExternalUnavailable, Assert.Single((await answer).Holds).Code);
    }

    public static TheoryData<string> Changes => ["line", "gross", "net", "subtotal", "missing", "currency", "category", "reason", "nothing"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task An_answer_that_contradicts_itself_is_not_used(string change)
    {
        var calculator = Checked(
            new Outside(async (request, token) => Change(await Rules.Calculate(request, token), change)), new FakeTimeProvider());
        var outcome = await calculator.Calculate(Known(false, 100, 250), CancellationToken.None);
        Assert.Equal(TaxHoldCodes.ExternalAnswerInvalid, Assert.Single(outcome.Holds).Code);
    }

    [Fact]
    public async Task What_is_held_outside_is_held_here()
    {
        var held = TaxOutcome.Held([new("outside.no_idea", "No idea.")]);
        var calculator = Checked(new Outside((_, _) => Task.FromResult(held)), new FakeTimeProvider());
        Assert.Same(held, await calculator.Calculate(Known(false, 100), CancellationToken.None));
    }

    /// <summary>A right answer, made wrong in one place.</summary>
    private static TaxOutcome Change(TaxOutcome right, string change)
    {
        var statement = right.Statement!;
        var (line, subtotal, cent) = (statement.Lines[0], statement.Breakdown[0], new Money(1, Currency.FromCode("EUR")));
        TaxStatement First(TaxedLine changed) => statement with { Lines = [changed, .. statement.Lines.Skip(1)] };
        var wrong = change switch
        {
            "line" => First(line with { LineId = "other" }),
            "gross" => First(line with { Gross = line.Gross + cent }),
            "net" => First(line with { Net = line.Net + cent, Gross = line.Gross + cent }),
            "subtotal" => statement with { Breakdown = [subtotal with { Amount = subtotal.Amount + cent }] },
            "missing" => statement with { Lines = [line] },
            "currency" => statement with { Gross = new(statement.Gross.MinorUnits, Currency.FromCode("USD")) },
            "category" => Keyed(statement, key => key with { Category = TaxCategory.Exempt, ReasonKey = "some" }),
            "reason" => Untaxed(statement),
            _ => null,
        };
        return new(wrong, []);
    }

    private static TaxStatement Keyed(TaxStatement statement, Func<TaxKey, TaxKey> change) => statement with
    {
        Lines = [.. statement.Lines.Select(l => l with { Taxes = [.. l.Taxes.Select(t => t with { Key = change(t.Key) })] })],
        Breakdown = [.. statement.Breakdown.Select(s => s with { Key = change(s.Key) })],
    };

    /// <summary>All amounts right, but nobody says why there is no tax.</summary>
    private static TaxStatement Untaxed(TaxStatement statement)
    {
        var none = Money.Zero(Currency.FromCode("EUR"));
        var free = Keyed(statement, key => key with { Category = TaxCategory.OutsideScope, Rate = 0m });
        return free with
        {
            Tax = none,
            Gross = free.Net,
            Lines = [.. free.Lines.Select(l => l with { Tax = none, Gross = l.Net, Taxes = [.. l.Taxes.Select(t => t with { Amount = none })] })],
            Breakdown = [.. free.Breakdown.Select(s => s with { Amount = none })],
        };
    }

    /// <summary>A calculator that answers as a test says.</summary>
    private sealed class Outside(Func<TaxRequest, CancellationToken, Task<TaxOutcome>> answer) : ITaxCalculator
    {
        public string Name => "outside";

        public Task<TaxOutcome> Calculate(TaxRequest request, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return answer(request, cancellation);
        }
    }
}
