using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of look-up tables.</summary>
internal static class LookupValidator
{
    internal static void Validate(IReadOnlyList<LookupDefinition> lookups, List<ValidationError> errors)
    {
        Check.Forbid(lookups.Count > PlanLimits.MaxLookups, "/lookups", "plan.too_many",
            $"At most {PlanLimits.MaxLookups} look-up tables are allowed.", errors);
        for (var i = 0; i < Math.Min(lookups.Count, PlanLimits.MaxLookups); i++)
        {
            Validate(lookups[i], $"/lookups/{i}", errors);
        }
    }

    private static void Validate(LookupDefinition lookup, string at, List<ValidationError> errors)
    {
        CheckText(lookup.Dimension, at + "/dimension", errors);
        CheckText(lookup.From, at + "/from", errors);
        Check.Forbid(lookup.Values.Count == 0, at + "/values", "plan.lookup_empty", "Give at least one value to look up.", errors);
        Check.Forbid(lookup.Values.Count > PlanLimits.MaxLookupValues, at + "/values", "plan.too_many",
            $"At most {PlanLimits.MaxLookupValues} values are allowed.", errors);
        if (lookup.Otherwise is { } otherwise)
        {
            CheckText(otherwise, at + "/otherwise", errors);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in lookup.Values.Take(PlanLimits.MaxLookupValues))
        {
            var pointer = $"{at}/values/{JsonPointer.Escape(key)}";
            Check.Forbid(!seen.Add(key), pointer, "json.duplicate_property", "This key is given twice; keep one.", errors);
            CheckText(key, pointer, errors);
            CheckText(value, pointer, errors);
            if (errors.Count >= PlanValidator.MaxErrors)
            {
                return;
            }
        }
    }

    private static void CheckText(string text, string at, List<ValidationError> errors) => Check.Forbid(
        !Check.Text(text), at, "plan.lookup_text",
        $"Names, keys and values of dimensions are 1 to {PlanLimits.MaxTextLength} characters without control characters.", errors);
}
