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

    /// <summary>A price that is zero or more.</summary>
    internal static void Amount(decimal? amount, string pointer, List<ValidationError> errors)
    {
        Forbid(amount < 0m, pointer, "plan.amount_negative", "Give zero or more.", errors);
        Price(amount, pointer, errors);
    }

    /// <summary>A percentage of an amount: up to 1,000, at most 12 decimals, so that its products stay exact.</summary>
    internal static void Percent(decimal? percent, bool negativeAllowed, string pointer, List<ValidationError> errors)
    {
        if (percent is { } value
            && (value < (negativeAllowed ? -100m : 0m) || value > 1_000m || DecimalText.Normalize(value).Scale > 12))
        {
            errors.Add(new(pointer, "plan.percent_out_of_range",
                $"Give {(negativeAllowed ? "-100" : "0")} to 1000 with at most 12 decimals; 2.5 is two and a half percent."));
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
