using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>What a quote request must be.</summary>
internal static class QuoteChecks
{
    internal const int MaxErrors = 100;

    private const int MaxDays = 1_000;

    internal static List<ValidationError> Check(QuoteRequest request)
    {
        var errors = new List<ValidationError>();
        if ((request.Charge is null) == (request.Plan is null))
        {
            errors.Add(new("/charge", "quote.charge_or_plan", "Give either an inline 'charge' or a 'plan'."));
        }

        if ((request.Quantity is null) == (request.Usage is null) && (request.Devices == 0 || request.Quantity is not null))
        {
            errors.Add(new("/quantity", "quote.quantity_or_usage", "Give either a 'quantity' or a list of 'events'."));
        }

        if (request.Usage?.Count > QuoteRequest.MaxUsage)
        {
            errors.Add(new("/usage", "quote.too_many", $"At most {QuoteRequest.MaxUsage} entries are allowed."));
        }

        if (request.Days is < 1 or > MaxDays)
        {
            errors.Add(new("/days", "quote.days_out_of_range", $"Give 1 to {MaxDays}."));
        }

        if (request.Devices is < 0 or > QuoteRequest.MaxDevices)
        {
            errors.Add(new("/devices", "quote.devices_out_of_range", $"Give 0 to {QuoteRequest.MaxDevices}."));
        }

        if (request.Packs.Count > QuoteRequest.MaxPacks)
        {
            errors.Add(new("/packs", "quote.too_many", $"At most {QuoteRequest.MaxPacks} packs are allowed."));
        }

        if (request.Trial && request.Plan?.Definition.Trial is null)
        {
            errors.Add(new("/trial", "quote.trial_unknown", "Name a 'plan' that has a trial, or leave this out."));
        }

        if (request.Phase is not null && request.Plan?.Phase is null)
        {
            errors.Add(new("/phase", "quote.phase_unknown", "Name a 'plan' with that many phases, or leave this out."));
        }

        if (request.Trial && request.Phase is not null)
        {
            errors.Add(new("/phase", "quote.trial_and_phase", "Phases begin after the trial: give one of the two."));
        }

        CheckCurrency(request, errors);
        return errors;
    }

    /// <summary>The meter of a usage entry; null, with an error, when it or its time cannot be told.</summary>
    internal static string? Meter(
        TimedQuantity usage, CompiledPlan plan, bool single, string pointer, List<ValidationError> errors)
    {
        var meter = usage.Meter ?? (plan.Meters.Count == 1 ? plan.Meters.First() : null);
        if (meter is null)
        {
            // A plan without meters has only fixed charges; a quantity of nothing quotes them.
            if (plan.Meters.Count > 0 || usage.Value != 0m)
            {
                errors.Add(new(pointer, "quote.meter_missing",
                    $"Name the meter of the usage: {string.Join(", ", plan.Meters.Order(StringComparer.Ordinal))}."));
            }

            return null;
        }

        if (usage.Time is null && plan.NeedsTime(meter))
        {
            errors.Add(new(single ? pointer : pointer + "/time", "quote.time_missing",
                "The price depends on time: give a list of 'events' with a 'time' for each."));
            return null;
        }

        return meter;
    }

    internal static string Explain(string reason) => reason switch
    {
        RatingReasons.NoPriceAtTime => "The schedule has no price at this time.",
        RatingReasons.NoPriceForDimensions =>
            "No row of the matrix fits these dimensions, and there is no 'otherwise'.",
        RatingReasons.NoChargeForMeter => "No charge of the plan names this meter.",
        RatingReasons.QuantityOutOfRange =>
            "Quantities are below 10^15 and have at most 12 decimals.",
        RatingReasons.DimensionMissing => "The meter counts different values of a dimension that is not here.",
        _ => "The amount is too fine to be exact in a decimal.",
    };

    private static void CheckCurrency(QuoteRequest request, List<ValidationError> errors)
    {
        if (request.Plan is { } plan && request.Currency is { } currency && currency != plan.Currency.Code)
        {
            errors.Add(new("/currency", "quote.currency_differs",
                $"The plan is in {plan.Currency}; leave the currency out."));
        }
    }
}
