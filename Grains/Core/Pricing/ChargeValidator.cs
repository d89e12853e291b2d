using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of one charge.</summary>
internal static class ChargeValidator
{
    internal static void Validate(
        ChargeDefinition charge, string at, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        if (!Names.IsId(charge.Id))
        {
            errors.Add(new(at + "/id", "plan.id_invalid", "Use 1 to 64 letters, digits, '.', '_' or '-'."));
        }

        if (!Names.IsName(charge.Name))
        {
            errors.Add(new(at + "/name", "plan.name_invalid", "Give a name of 1 to 200 characters."));
        }

        if (charge.TaxClass is not null && !Names.IsId(charge.TaxClass))
        {
            errors.Add(new(at + "/taxClass", "plan.tax_class_invalid", "Give a class of the tax rules, such as telecommunications or goods."));
        }

        CheckPrices(charge, at, errors);
        CheckModifiers(charge, at, errors);
        DeviceChargeValidator.Validate(charge, at, errors);
        if (charge.Kind == ChargeKind.Usage)
        {
            UsageChargeValidator.Validate(charge, at, meter, errors);
        }
        else
        {
            CheckFixed(charge, at, errors);
        }

        Check.Forbid(charge.Proration == RecurringProration.Second && charge.Per != RecurringPer.Period, at + "/proration",
            "plan.proration_by_second", "Days and devices are counted by day: set 'proration' to 'day' or 'none'.", errors);
        if (charge.Kind != ChargeKind.Recurring)
        {
            const string Only = "Only recurring charges have this; leave it out.";
            Check.Forbid(charge.Per != default && !(charge.Kind == ChargeKind.OneTime && charge.IsPerDevice), at + "/per", "plan.recurring_only", Only, errors);
            Check.Forbid(charge.Proration != default, at + "/proration", "plan.recurring_only", Only, errors);
        }
    }

    private static void CheckPrices(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        var kinds = (charge.Price is null ? 0 : 1)
            + (charge.TimeOfUse is null ? 0 : 1)
            + (charge.Schedule is null ? 0 : 1);
        if (kinds == 0)
        {
            errors.Add(new(at + "/model", "plan.price_missing",
                "Give a price: a model with its parameters, or 'timeOfUse', or 'schedule'."));
        }
        else if (kinds > 1)
        {
            errors.Add(new(at, "plan.price_twice",
                "Give only one of a model with its parameters, 'timeOfUse', and 'schedule'."));
        }

        if (charge.Price is { } price)
        {
            PriceValidator.Validate(price, at, errors);
        }

        if (charge.TimeOfUse is { } timeOfUse)
        {
            TimeOfUseValidator.Validate(timeOfUse, at + "/timeOfUse", errors);
        }

        if (charge.Schedule is { } schedule)
        {
            ScheduleValidator.Validate(schedule, at + "/schedule", errors);
        }
    }

    private static void CheckModifiers(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        if (charge.DiscountPercent is < 0m or > 100m || charge.DiscountPercent is { Scale: > 12 })
        {
            errors.Add(new(at + "/discountPercent", "plan.discount_out_of_range",
                "Give 0 to 100 with at most 12 decimals."));
        }

        Check.Amount(charge.Minimum, at + "/minimum", errors);
        Check.Amount(charge.Maximum, at + "/maximum", errors);
        Check.Forbid(charge is { ProrateBounds: true, Minimum: null, Maximum: null }, at + "/prorateBounds",
            "plan.prorate_without_bounds", "There is no minimum and no maximum to prorate; leave it out.", errors);
        if (charge.Minimum > charge.Maximum)
        {
            errors.Add(new(at + "/minimum", "plan.minimum_above_maximum",
                "The minimum is above the maximum; swap them."));
        }
    }

    private static void CheckFixed(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        const string Only = "Only usage charges have this: set kind to 'usage', or leave it out.";
        Check.Forbid(charge.Meter is not null, at + "/meter", "plan.usage_only", Only, errors);
        Check.Forbid(charge.Unit is not null, at + "/unit", "plan.usage_only", Only, errors);
        Check.Forbid(charge.Of != default, at + "/of", "plan.usage_only", Only, errors);
        Check.Forbid(charge.IsFiltered, at + "/where", "plan.usage_only", Only, errors);
        Check.Forbid(charge.PerEvent is not null, at + "/perEvent", "plan.usage_only", Only, errors);
        Check.Forbid(charge.PerDevice is not null, at + "/perDevice", "plan.usage_only", Only, errors);
        Check.Forbid(charge.PerLine is not null, at + "/perLine", "plan.usage_only", Only, errors);
        Check.Forbid(charge.FreeQuantity is not null, at + "/freeQuantity", "plan.usage_only", Only, errors);
        Check.Forbid(charge.BlockAt != default, at + "/blockAt", "plan.usage_only", Only, errors);
        Check.Forbid(charge.Allowances.Count > 0, at + "/allowances", "plan.usage_only", Only, errors);
        Check.Forbid(charge.PoolLimitPerDevice is not null, at + "/poolLimitPerDevice", "plan.usage_only", Only, errors);
        Check.Forbid(charge.TimeOfUse is not null, at + "/timeOfUse", "plan.usage_only", Only, errors);
        Check.Forbid(charge.Schedule is not null, at + "/schedule", "plan.usage_only", Only, errors);
        Check.Forbid(!charge.IsPerDevice && charge.Price is { Model: not PriceModel.Flat }, at + "/model", "plan.model_not_for_kind",
            "Recurring and one-time charges have the model 'flat' with an 'amount'.", errors);
    }
}
