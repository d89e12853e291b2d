using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The rules of what a meter derives and bounds.</summary>
internal static class MeasuringValidator
{
    internal static void Validate(MeterDefinition meter, List<ValidationError> errors)
    {
        if (meter.Value is { } value)
        {
            if (Expression.Number(value, out var error) is null)
            {
                errors.Add(new("/value", error!.Code, error.ToString()));
            }

            Forbid(meter.Counts || meter.Kind == AggregationKind.Unique || meter.Source == LevelSource.Member
                || meter.Session?.Reports == SessionRule.Duration, "/value", "meter.value_unused",
                "What is counted here takes no notice of values: leave it out, or derive a dimension.", errors);
        }

        Forbid(meter.MaxDistinct is not null && meter is { Lasts: false, Kind: not AggregationKind.Unique }, "/maxDistinct",
            "meter.max_distinct_unused", "Nothing is kept for single values here, so that there is nothing to bound: leave it out.", errors);
        Forbid(meter.MaxDistinct is { } most && (most < 1 || most > (meter with { MaxDistinct = null }).DistinctLimit), "/maxDistinct",
            "meter.max_distinct", $"Give 1 to {(meter with { MaxDistinct = null }).DistinctLimit}, or leave it out.", errors);
        var rules = meter.Dimensions ?? [];
        Forbid(rules.Count > DimensionRule.MaxRules, "/dimensions", "json.too_many", $"At most {DimensionRule.MaxRules} are allowed.", errors);
        Forbid(rules.Count > 0 && meter.Cumulative is not null, "/dimensions", "meter.dimensions_of_register",
            "What was used between two readings has no dimensions: leave them out.", errors);
        for (var i = 0; i < rules.Count; i++)
        {
            Validate(meter, rules[i], $"/dimensions/{i}", errors);
            Forbid(rules.Take(i).Any(r => r.Name == rules[i].Name), $"/dimensions/{i}/name", "meter.dimension_twice",
                "The dimension has a rule already: say all of it in one.", errors);
        }
    }

    private static void Validate(MeterDefinition meter, DimensionRule rule, string at, List<ValidationError> errors)
    {
        Forbid(!IsText(rule.Name), at + "/name", "meter.dimension_name", "The name of a dimension has 1 to 64 characters.", errors);
        Forbid(rule.Name == meter.Session?.Id || rule.Name == meter.Session?.Phase || rule.Name == meter.Operation, at + "/name",
            "meter.dimension_reserved", "This dimension says what a record is of, or does: use another one.", errors);
        Forbid(rule is { Value: null, Values: null }, at, "meter.dimension_without_rule",
            "Say what the dimension is ('value', an expression), which values are told apart ('values'), or both.", errors);
        if (rule.Value is { } value && Expression.Text(value, out var error) is null)
        {
            errors.Add(new(at + "/value", error!.Code, error.ToString()));
        }

        Forbid(rule.Values is { Count: 0 or > DimensionRule.MaxValues }, at + "/values", "meter.dimension_values",
            $"List 1 to {DimensionRule.MaxValues} values.", errors);
        Forbid(rule.Otherwise is not null && rule.Values is null, at + "/otherwise", "meter.dimension_otherwise",
            "Every value is told apart, so that there is no other: list 'values', or leave it out.", errors);
        Forbid(rule.Otherwise is not null && !IsText(rule.Otherwise), at + "/otherwise", "meter.dimension_values",
            "A value has 1 to 64 characters.", errors);
        for (var i = 0; i < Math.Min(rule.Values?.Count ?? 0, DimensionRule.MaxValues); i++)
        {
            Forbid(rule.Values![i].Length > ExpressionLimits.MaxTextLength, $"{at}/values/{i}", "meter.dimension_values",
                "A value has at most 64 characters.", errors);
        }
    }

    private static bool IsText(string text) => text.Length is >= 1 and <= ExpressionLimits.MaxTextLength && !text.Any(char.IsControl);

    private static void Forbid(bool wrong, string pointer, string code, string message, List<ValidationError> errors)
    {
        if (wrong)
        {
            errors.Add(new(pointer, code, message));
        }
    }
}
