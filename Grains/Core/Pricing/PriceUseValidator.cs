using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Which price models go with which meters and which other properties of a charge.</summary>
internal static class PriceUseValidator
{
    internal static void Validate(
        ChargeDefinition charge, string currency, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        var prices = ChargePrices.Of(charge, at).ToArray();
        if (charge.Kind != ChargeKind.Usage)
        {
            CheckFixed(charge, at, errors);
            return;
        }

        if (prices.FirstOrDefault(p => p.Price.Model.IsOfMoney()) is { Price: { } ofMoney })
        {
            CheckMoney(charge, ofMoney.Model, currency, at, meter, errors);
        }

        CheckFree(charge, at, errors);
        CheckRounding(charge, prices, at, errors);
        CheckRegister(prices, meter, errors);
        var count = prices.Count(p => p.Price.Model != PriceModel.Matrix);
        Check.Forbid(count > PlanLimits.MaxPrices, at, "plan.too_many",
            $"Rows times windows are {count} prices; at most {PlanLimits.MaxPrices} are allowed.", errors);
    }

    private static void CheckFixed(ChargeDefinition charge, string at, List<ValidationError> errors) => Check.Forbid(
        charge is { IsPerDevice: true, Price: { } price } && (price.Model.IsOfMoney() || price.Model == PriceModel.Matrix),
        at + "/model", "plan.model_not_for_kind",
        "Devices have a price each, or tiers of devices; percentages and matrices are for usage.", errors);

    private static void CheckMoney(
        ChargeDefinition charge, PriceModel model, string currency, string at, MeterDefinition? meter,
        List<ValidationError> errors)
    {
        var word = WordTable<PriceModel>.Instance.Write(model);
        Check.Forbid(charge.Of == UsageBasis.Events, at + "/of", "plan.money_of_events",
            $"The model '{word}' prices the money that events carry; leave 'of' out.", errors);
        Check.Forbid(charge.Unit is { } unit && unit != currency, at + "/unit", "plan.unit_not_money",
            $"The model '{word}' prices money: the unit is the plan's currency, {currency}; leave it out.", errors);
        if (meter is null)
        {
            return;
        }

        Check.Forbid(meter.Unit != currency, at + "/meter", "plan.unit_not_money",
            $"The model '{word}' prices money in {currency}, but the meter counts {meter.Unit}: use a meter with the unit "
                + $"'{currency}'.", errors);
        Check.Forbid(meter.Aggregation != "sum", at + "/meter", "plan.money_not_summed",
            $"The model '{word}' needs the sum of values, but the meter takes the {meter.Aggregation}; use a meter with "
                + "'sum'.", errors);
    }

    private static void CheckFree(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        if (charge.Price is not { } price)
        {
            return;
        }

        var inMatrix = price.Model == PriceModel.Matrix;
        var byEvent = !inMatrix && price.Model is PriceModel.Percentage or PriceModel.Dynamic;
        const string Row = "It is not clear which row of the matrix takes it; give the rows a free tier instead.";
        const string Event = "The model prices single events; use 'freeAmount' and 'freeEvents' of the model 'percentage'.";
        foreach (var (given, name) in (ReadOnlySpan<(bool, string)>)
            [(charge.FreeQuantity is not null, "/freeQuantity"), (charge.Allowance is not null, "/allowance")])
        {
            Check.Forbid(given && inMatrix, at + name, "plan.free_quantity_with_matrix", Row, errors);
            Check.Forbid(given && byEvent, at + name, "plan.free_quantity_with_events", Event, errors);
        }
    }

    /// <summary>What is priced event by event, or placed in tiers beside others, cannot be rounded afterwards.</summary>
    private static void CheckRounding(
        ChargeDefinition charge, (PriceDefinition Price, string At)[] prices, string at, List<ValidationError> errors)
    {
        var byEvent = prices.Any(p => p.Price.NeedsEvents());
        var shared = prices.Any(p => p.Price.Matrix is { Counters: MatrixCounters.Shared });
        const string Event = "Single events are priced here: round each of them with 'perEvent', or leave this out.";
        const string Shared = "Rows that share counters stand in their tiers as used: round with 'perEvent', or leave this out.";
        Check.Forbid(byEvent && charge.PerDevice is not null, at + "/perDevice", "plan.rounding_with_events", Event, errors);
        Check.Forbid(byEvent && charge.PerLine is not null, at + "/perLine", "plan.rounding_with_events", Event, errors);
        Check.Forbid(shared && charge.PerLine is not null, at + "/perLine", "plan.rounding_with_shared_counters", Shared, errors);
    }

    private static void CheckRegister(
        (PriceDefinition Price, string At)[] prices, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (meter?.Cumulative is null)
        {
            return;
        }

        foreach (var (price, at) in prices)
        {
            Check.Forbid(price.NeedsEvents(), at + "/model", "plan.events_of_register",
                "A register has readings, not transactions; use a meter without 'cumulative', or only 'ratePercent'.", errors);
            Check.Forbid(price.Model == PriceModel.Matrix, at + "/matrix", "plan.matrix_of_register",
                "Readings of a register have no dimensions to look up; use a meter without 'cumulative'.", errors);
        }
    }
}
