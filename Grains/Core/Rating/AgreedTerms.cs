namespace OrleansBilling.Core.Rating;

/// <summary>Says on the lines of a bill which terms are those of a phase, or the subscription's own.</summary>
internal static class AgreedTerms
{
    internal static void Mark(CompiledPlan plan, List<RatedCharge> lines)
    {
        if (plan.Phase is null && plan.Overrides is null)
        {
            return;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var id = lines[i].ChargeId;
            if (plan.Overrides?.Concerns(id) == true)
            {
                lines[i] = With(lines[i], "by terms agreed for this subscription", StepKinds.Agreed);
            }
            else if (plan.Phase?.Terms.Concerns(id) == true)
            {
                lines[i] = With(lines[i], $"by terms of the phase '{plan.Phase.Name}'", StepKinds.Phase);
            }
        }
    }

    private static RatedCharge With(RatedCharge line, string text, string kind) =>
        line with { Steps = [.. line.Steps, new(text, null, null, 0m, kind)] };
}
