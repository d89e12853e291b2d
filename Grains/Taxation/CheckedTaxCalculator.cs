using Microsoft.Extensions.Logging;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Taxation;

/// <summary>
/// Stands before a calculator outside: what does not answer in time, fails, or contradicts itself holds the invoice. It is asked again
/// later, so an invoice may be late, never wrong.
/// </summary>
/// <param name="calculator">The one outside.</param>
/// <param name="timeout">For one answer.</param>
/// <param name="time">Measures it.</param>
public sealed partial class CheckedTaxCalculator(
    ITaxCalculator calculator, TimeSpan timeout, TimeProvider time, ILogger<CheckedTaxCalculator> log) : ITaxCalculator
{
    private const int ToldProblems = 3;

    /// <inheritdoc />
    public string Name => calculator.Name;

    /// <inheritdoc />
    public async Task<TaxOutcome> Calculate(TaxRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            // The wait ends in time even where the calculator does not look at the token.
            return Checked(request, await calculator.Calculate(request, either.Token).WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong outside, the invoice waits.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(Name, failure);
            return TaxOutcome.Held([new(
                TaxHoldCodes.ExternalUnavailable,
                failure is OperationCanceledException
                    ? $"The tax calculator {Name} did not answer within {timeout.TotalSeconds:0.#} seconds. It is asked again."
                    : $"The tax calculator {Name} failed: {failure.GetType().Name}. It is asked again; the log has the details.")]);
        }
    }

    private TaxOutcome Checked(TaxRequest request, TaxOutcome? outcome)
    {
        if (outcome is { Statement: null, Holds.Count: > 0 })
        {
            return outcome;
        }
        var problems = outcome?.Statement is { } statement
            ? TaxStatementCheck.Problems(request, statement)
            : ["The answer has neither taxes nor a reason."];
        return problems.Count == 0
            ? outcome!
            : TaxOutcome.Held([new(
                TaxHoldCodes.ExternalAnswerInvalid, $"The answer of {Name} is not used. {string.Join(' ', problems.Take(ToldProblems))}")]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tax calculator {Calculator} failed")]
    private partial void LogFailed(string calculator, Exception failure);
}
