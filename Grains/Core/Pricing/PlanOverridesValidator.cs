using System.Globalization;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What overrides must be: the plan with them must be a plan that could be published.</summary>
public static class PlanOverridesValidator
{
    private const string ChargesAt = "/charges/";
    private const string DiscountsAt = "/discounts/";

    /// <summary>Everything wrong with overrides of a valid plan, at most <see cref="PlanValidator.MaxErrors"/>; empty when nothing is.</summary>
    /// <param name="overrides">The overrides.</param>
    /// <param name="plan">Valid by itself.</param>
    /// <param name="meter">Finds a meter by id; null when there is none.</param>
    /// <returns>Pointers begin at the overrides.</returns>
    public static IReadOnlyList<ValidationError> Validate(
        PlanOverrides overrides, PlanDefinition plan, Func<string, MeterDefinition?> meter)
    {
        var errors = new List<ValidationError>();
        Check.Forbid(overrides.Charges.Count + overrides.Discounts.Count == 0, "", "overrides.empty",
            "Name at least one charge or discount, or leave the overrides out.", errors);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < overrides.Charges.Count; i++)
        {
            CheckCharge(overrides.Charges[i], $"{ChargesAt}{i}", plan, seen, errors);
        }

        if (errors.Count == 0)
        {
            var found = PlanValidator.Validate(overrides.ApplyTo(plan with { Phases = [] }), meter);
            errors.AddRange(found.Select(error => error with { Pointer = Place(error.Pointer, overrides, plan) }));
        }

        // What fits the plan need not fit each of its phases.
        for (var i = 0; i < plan.Phases.Count && errors.Count == 0; i++)
        {
            var phase = plan.Phases[i].Terms.ApplyTo(plan with { Phases = [] });
            var found = PlanValidator.Validate(overrides.ApplyTo(phase), meter);
            errors.AddRange(found.Select(error => error with
            {
                Pointer = Place(error.Pointer, overrides, phase),
                Message = $"In the phase '{plan.Phases[i].Name}': {error.Message}",
            }));
        }

        return errors;
    }

    private static void CheckCharge(
        ChargeOverride charge, string at, PlanDefinition plan, HashSet<string> seen, List<ValidationError> errors)
    {
        Check.Forbid(plan.Charges.All(c => c.Id != charge.Charge), at + "/id", "overrides.charge_unknown",
            $"The plan has no such charge; its charges are: {string.Join(", ", plan.Charges.Select(c => c.Id))}.", errors);
        Check.Forbid(!seen.Add(charge.Charge), at + "/id", "overrides.charge_twice",
            "This charge is overridden twice; put all of it into one entry.", errors);
        Check.Forbid(charge.IsEmpty, at, "overrides.charge_empty",
            "Give a price, 'timeOfUse', 'freeQuantity', 'discountPercent', 'minimum' or 'maximum'.", errors);
    }

    /// <summary>Where in the overrides an error of the resulting plan comes from.</summary>
    private static string Place(string pointer, PlanOverrides overrides, PlanDefinition plan)
    {
        if (Index(pointer, ChargesAt, out var rest) is { } charge && charge < plan.Charges.Count)
        {
            var at = overrides.Charges.TakeWhile(c => c.Charge != plan.Charges[charge].Id).Count();
            return at < overrides.Charges.Count ? $"{ChargesAt}{at}{rest}" : "";
        }

        return Index(pointer, DiscountsAt, out rest) is { } discount && discount >= plan.Discounts.Count
            ? $"{DiscountsAt}{discount - plan.Discounts.Count}{rest}"
            : "";
    }

    private static int? Index(string pointer, string list, out string rest)
    {
        rest = "";
        if (!pointer.StartsWith(list, StringComparison.Ordinal))
        {
            return null;
        }

        var end = pointer.IndexOf('/', list.Length);
        var digits = end < 0 ? pointer[list.Length..] : pointer[list.Length..end];
        rest = end < 0 ? "" : pointer[end..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
