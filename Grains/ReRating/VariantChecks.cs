using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.ReRating;

/// <summary>Whether a corrected version can be had with the agreed terms, and in the phase, that a subscription has the wrong one with.</summary>
internal static class VariantChecks
{
    /// <summary>Why it cannot; null when it can.</summary>
    public static CommandError? Refusal(string subscription, PlanEntry known, PlanEntry corrected)
    {
        if (known.Variant is not { } variant)
        {
            return null;
        }
        var (phase, _) = PlanVariant.Parse(variant);
        if (phase >= corrected.View.Definition.Phases.Count)
        {
            return new(
                "re_rating.phases_differ", $"Subscription '{subscription}' was in phase {phase + 1} of the plan, which the corrected version does "
                + "not have: publish one with the same phases, or leave the subscription out.", "/correctedVersion");
        }
        if (known.View.Overrides is { } overrides && PlanOverridesValidator.Validate(
            overrides, corrected.View.Definition, id => Array.Find(corrected.Meters, m => m.Id == id)) is [var first, ..])
        {
            return new(
                "re_rating.terms_differ", $"What subscription '{subscription}' agreed does not fit the corrected version ({first.Pointer}: "
                + $"{first.Message}): publish one that it fits, or leave the subscription out.", "/correctedVersion");
        }
        return PlanShape.Difference(known.Compiled.Definition, corrected.AsHadWith(known).Compiled.Definition) is { } differs
            ? new(
                differs.Code, $"Of subscription '{subscription}', with what it agreed and its phase: {differs.Message}", "/correctedVersion")
            : null;
    }
}
