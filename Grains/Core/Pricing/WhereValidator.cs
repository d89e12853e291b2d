using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a filter on dimensions.</summary>
internal static class WhereValidator
{
    internal static void Validate(IReadOnlyList<WhereClause> where, string at, List<ValidationError> errors)
    {
        Check.Forbid(where.Count > PlanLimits.MaxWhereDimensions, at, "plan.too_many",
            $"At most {PlanLimits.MaxWhereDimensions} dimensions are allowed.", errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var clause in where)
        {
            var pointer = $"{at}/{JsonPointer.Escape(clause.Dimension)}";
            Check.Forbid(!Check.Text(clause.Dimension), pointer, "plan.text_invalid",
                $"Give 1 to {PlanLimits.MaxTextLength} characters.", errors);
            Check.Forbid(!names.Add(clause.Dimension), pointer, "plan.where_duplicate",
                "The dimension is filtered twice; list all its values once.", errors);
            Check.Forbid(clause.Values.Count is 0 or > PlanLimits.MaxWhereValues, pointer, "plan.where_values",
                $"List 1 to {PlanLimits.MaxWhereValues} values.", errors);
            Check.Forbid(clause.Values.Any(v => v.Length > PlanLimits.MaxTextLength), pointer, "plan.text_invalid",
                $"Values have at most {PlanLimits.MaxTextLength} characters.", errors);
        }
    }
}
