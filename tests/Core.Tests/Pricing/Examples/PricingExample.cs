using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>One worked example of a price: a plan, usage, and what it comes to by its source.</summary>
/// <param name="Name">File, source and name; unique.</param>
/// <param name="Source">Where the prices, and a published total, were read.</param>
/// <param name="Plans">By key: the plan of the period's beginning first.</param>
/// <param name="Zone">The subscription's zone.</param>
/// <param name="Period">The first billing period; it begins on the example's first day.</param>
/// <param name="Active">When the subscription runs; the period when nothing else is said.</param>
/// <param name="Changes">Changes of plan within the period, ascending.</param>
/// <param name="Usage">In any order.</param>
/// <param name="Devices">Devices of the subscription; empty: one that only sends.</param>
/// <param name="Total">The total, in major units, as the source or the arithmetic gives it.</param>
/// <param name="Lines">Amounts of single lines by charge id, where the source gives them.</param>
/// <param name="Published">Whether the source publishes the total; else the arithmetic is ours.</param>
/// <param name="Arithmetic">How the total comes about; required where it is ours.</param>
public sealed record PricingExample(
    string Name,
    ExampleSource Source,
    IReadOnlyDictionary<string, PlanDefinition> Plans,
    DateTimeZone Zone,
    BillingPeriod Period,
    Interval Active,
    IReadOnlyList<(Instant At, string Plan)> Changes,
    IReadOnlyList<ExampleUsage> Usage,
    IReadOnlyList<ExampleDevice> Devices,
    decimal Total,
    IReadOnlyDictionary<string, decimal> Lines,
    bool Published,
    string? Arithmetic)
{
    /// <summary>The plan in force when the subscription begins.</summary>
    public PlanDefinition Plan => Plans.Values.First();

    /// <summary>Whether a quote can be asked for it: one plan for one whole period, its devices all of the time.</summary>
    public bool IsQuotable => Changes.Count == 0 && Active == Period.ToInterval() && Devices.All(d => d.IsWhole);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
