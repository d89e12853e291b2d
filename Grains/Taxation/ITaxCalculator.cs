using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Taxation;

/// <summary>Who calculates the taxes of invoices: the program's own rules, or a service outside (for local taxes of the US, countries
/// without rules, and the like).</summary>
public interface ITaxCalculator
{
    /// <summary>Short name for logs and invoices, e.g. <c>rules</c>.</summary>
    string Name { get; }

    /// <summary>The taxes of an invoice or credit note, or why it is held. Changes nothing anywhere: the same request may be asked again and
    /// any number of times, and every answer has the same amounts while the law behind it is the same.</summary>
    /// <returns>Held for what has no answer: a calculator never leaves out a line.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<TaxOutcome> Calculate(TaxRequest request, CancellationToken cancellation);
}
