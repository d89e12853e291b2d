using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a plan must be before it is published.</summary>
public static class PlanValidator
{
    /// <summary>Everything wrong with a plan; empty when nothing is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="meter">Finds a meter by id; null when there is none.</param>
    public static IReadOnlyList<ValidationError> Validate(PlanDefinition plan, Func<string, MeterDefinition?> meter) =>
        throw new NotImplementedException();
}
