namespace OrleansBilling.Core.Rating;

/// <summary>Begins the explanation of a line with what of events is counted, where an expression says that.</summary>
internal static class DerivationSteps
{
    internal static StepList Of(CompiledCharge charge)
    {
        var steps = new StepList();
        if (charge.Meter?.Value is { } value && !charge.CountsEvents)
        {
            steps.Add($"each event counts {value}", null, null, 0m, StepKinds.Derived);
        }

        foreach (var rule in charge.Meter?.Dimensions ?? [])
        {
            if (rule.Value is { } derived)
            {
                steps.Add($"{rule.Name} is {derived}", null, null, 0m, StepKinds.Derived);
            }
        }

        if (charge.Definition.Filter is { } filter)
        {
            steps.Add($"events where {filter}", null, null, 0m, StepKinds.Derived);
        }

        return steps;
    }
}
