using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a filter that is an expression.</summary>
internal static class FilterValidator
{
    internal static void Validate(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (charge.Filter is null)
        {
            return;
        }

        var filter = Expression.Truth(charge.Filter, out var error);
        if (error is not null)
        {
            errors.Add(new(at, error.Code, error.ToString()));
        }

        Check.Forbid(charge.Where.Count > 0, at, "plan.where_twice", "Give either an expression or values of dimensions.", errors);
        Check.Forbid(meter?.Cumulative is not null, at, "plan.where_expression_of_register",
            "What was used between two readings of a register has no dimensions, and is known only when both are: leave it out.", errors);
        Check.Forbid(meter?.Lasts == true, at, "plan.where_expression_of_lasting_usage",
            "Levels and sessions are cut and put together, and a part has no event that an expression could fail for: list the values of "
            + "dimensions, such as { \"zone\": [\"eu\"] }; the meter can derive one.", errors);
        Check.Forbid(charge.BlockAt != BlockAt.None && filter?.ReadsValue == true, at, "plan.where_value_with_block",
            "What a reservation is used for is not known when it is granted, so that its quota cannot depend on the value of events: "
            + "leave 'value' out of the expression, or 'blockAt'.", errors);
    }
}
