using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Checks that several definitions share.</summary>
internal static class Check
{
    internal static void Price(decimal? price, string pointer, List<ValidationError> errors)
    {
        if (price is { } value && !PriceLimits.Allows(value))
        {
            errors.Add(new(pointer, "plan.price_out_of_range", "Prices are below 10^9 and have at most 12 decimals."));
        }
    }

    /// <summary>A quantity of zero or more, or of more than zero.</summary>
    internal static void Quantity(decimal? quantity, bool zeroAllowed, string pointer, List<ValidationError> errors)
    {
        if (quantity is not { } value)
        {
            return;
        }

        if (value < 0m || (value == 0m && !zeroAllowed))
        {
            errors.Add(new(pointer, "plan.quantity_negative",
                zeroAllowed ? "Give zero or more." : "Give more than zero."));
        }
        else if (!QuantityLimits.Allows(value))
        {
            errors.Add(new(pointer, "plan.quantity_out_of_range",
                "Quantities are below 10^15 and have at most 12 decimals."));
        }
    }

    internal static bool Text(string? text) =>
        text is { Length: >= 1 and <= PlanLimits.MaxTextLength } && !text.Any(char.IsControl);

    internal static void Forbid(bool present, string pointer, string code, string message, List<ValidationError> errors)
    {
        if (present)
        {
            errors.Add(new(pointer, code, message));
        }
    }
}
