using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Taxation;

/// <summary>The program's own rules.</summary>
public sealed class RulesTaxCalculator(TaxEngine engine) : ITaxCalculator
{
    /// <inheritdoc />
    public string Name => "rules";

    /// <inheritdoc />
    public Task<TaxOutcome> Calculate(TaxRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Calculate(request));
    }
}
