using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>What the meters of a quote make of its usage; each is made ready once.</summary>
internal sealed class QuoteMeasuring
{
    private readonly Dictionary<string, Measuring> _known = new(StringComparer.Ordinal);

    /// <param name="plan">Of the quote.</param>
    /// <param name="meter">Id; what no charge names takes usage as it is.</param>
    internal Measuring Of(CompiledPlan plan, string meter) => _known.TryGetValue(meter, out var known)
        ? known
        : _known[meter] = new(plan.Meter(meter) ?? new MeterDefinition(meter, meter, "1"));
}
