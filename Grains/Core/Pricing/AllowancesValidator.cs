using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a charge with several allowances.</summary>
internal static class AllowancesValidator
{
    private const string NoRounding = "Usage is told apart by what allowances can cover before it could be rounded: round with 'perEvent', or leave this out.";

    internal static void Validate(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        CheckLimit(charge, charge.Unit ?? meter?.Unit, at + "/poolLimitPerDevice", errors);
        if (charge.Allowances.Count == 0)
        {
            return;
        }

        var place = at + "/allowances";
        Check.Forbid(charge.Allowance is not null || charge.FreeQuantity is not null, place, "plan.allowance_twice",
            "Put 'allowance' and 'freeQuantity' into this list, as the kinds 'flex' and 'fixed'.", errors);
        CheckCharge(charge, at, meter, errors);
        CheckClasses(charge, place, errors);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < charge.Allowances.Count; i++)
        {
            var allowance = charge.Allowances[i];
            Check.Forbid(!ids.Add(allowance.Id), $"{place}/{i}/id", "plan.allowance_id_duplicate",
                "Another allowance of the charge has this id; give each its own.", errors);
            CheckOne(allowance, charge.Unit ?? meter?.Unit, $"{place}/{i}", errors);
            Check.Forbid(allowance.Where.Count > 0 && meter?.Cumulative is not null, $"{place}/{i}/where",
                "plan.allowance_scope_of_register",
                "Readings of a register have no dimensions; use a meter without 'cumulative', or leave this out.", errors);
        }
    }

    private static void CheckLimit(ChargeDefinition charge, string? unit, string at, List<ValidationError> errors)
    {
        Check.Quantity(charge.PoolLimitPerDevice, zeroAllowed: false, at, errors);
        CheckFits(charge.PoolLimitPerDevice ?? 0m, unit, at, errors);
        Check.Forbid(
            charge.PoolLimitPerDevice is not null && charge.Allowances.All(a => a.Kind == AllowanceKind.Device), at,
            "plan.pool_limit_without_pool", "There is no pool to limit: add an allowance of the kind 'flex', 'fixed' or 'block'.", errors);
    }

    private static void CheckCharge(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        var place = at + "/allowances";
        Check.Forbid(charge.Price is null, place, "plan.free_quantity_with_time",
            "With prices by time it is not clear which price the allowance takes; leave it out.", errors);
        Check.Forbid(
            charge.PerDevice is not null && charge.Allowances.Any(a => a.Where.Count > 0), at + "/perDevice", "plan.rounding_with_allowances",
            NoRounding, errors);
        Check.Forbid(charge.PerLine is not null, at + "/perLine", "plan.rounding_with_allowances", NoRounding, errors);
        Check.Forbid(meter is { Lasts: true }, place, "plan.allowances_of_lasting_usage",
            "Levels and sessions are taken back and added again as their records come: use 'allowance' or 'freeQuantity'.", errors);
        Check.Forbid(
            meter is { Kind: not AggregationKind.Sum }, at + "/meter", "plan.allowance_not_summed",
            $"Allowances are used up by sums, but the meter takes the {meter?.Aggregation}; use a meter with 'sum', or 'freeQuantity'.", errors);
        Check.Forbid(charge.Price?.Matrix is { Counters: MatrixCounters.Shared }, at + "/counters", "plan.allowance_with_shared_counters",
            "Rows that share counters stand in their tiers as used; give each row its own, or leave 'allowances' out.", errors);
        Check.Forbid(
            ChargePrices.Of(charge, at).Any(p => p.Price.Model is PriceModel.Percentage or PriceModel.Dynamic), place,
            "plan.free_quantity_with_events",
            "The model prices single events; use 'freeAmount' and 'freeEvents' of the model 'percentage'.", errors);
    }

    private static void CheckClasses(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        var scopes = AllowanceScopes.Of(charge.Allowances).Count;
        Check.Forbid(scopes > PlanLimits.MaxAllowanceScopes, at, "plan.too_many",
            $"The allowances have {scopes} different scopes; at most {PlanLimits.MaxAllowanceScopes} are allowed.", errors);
        var matrix = charge.Price?.Matrix;
        var rows = matrix is null ? 1 : matrix.Rows.Count + (matrix.Otherwise is null ? 0 : 1);
        var isByDevice = charge.PoolLimitPerDevice is not null || charge.Allowances.Any(a => a.Kind == AllowanceKind.Device);
        Check.Forbid(
            isByDevice && scopes <= PlanLimits.MaxAllowanceScopes && rows << scopes > PlanLimits.MaxDeviceClasses, at, "plan.too_many",
            $"Each device would have {rows << scopes} totals, rows times combinations of scopes; at most {PlanLimits.MaxDeviceClasses} "
            + "are allowed where devices have a quantity or a limit of their own.", errors);
    }

    private static void CheckOne(ChargeAllowance allowance, string? unit, string at, List<ValidationError> errors)
    {
        Check.Forbid(!Names.IsId(allowance.Id), at + "/id", "plan.id_invalid", "Use 1 to 64 letters, digits, '.', '_' or '-'.", errors);
        Check.Forbid(!Names.IsName(allowance.Name), at + "/name", "plan.name_invalid", "Give a name of 1 to 200 characters.", errors);
        var quantity = at + (allowance.IsPerDevice ? "/perDevice" : "/quantity");
        Check.Quantity(allowance.Quantity, zeroAllowed: false, quantity, errors);
        CheckFits(allowance.Quantity, unit, quantity, errors);
        Check.Forbid(allowance.Priority is < 0 or > ChargeAllowance.MaxPriority, at + "/priority", "plan.allowance_priority",
            $"Give 0 to {ChargeAllowance.MaxPriority}; the lower number is used first.", errors);
        WhereValidator.Validate(allowance.Where, at + "/where", errors);
        Check.Forbid(
            allowance.States.Distinct().Count() != allowance.States.Count, at + "/states", "plan.state_duplicate",
            "A state is named twice; name it once.", errors);
        Check.Amount(allowance.Price, at + "/price", errors);
        Check.Forbid(allowance.MaxBlocks < 1, at + "/maxBlocks", "plan.allowance_blocks", "Give 1 or more, or leave it out.", errors);
        if (allowance.RollOver is { } rollOver)
        {
            CheckRollOver(rollOver, at + "/rollOver", errors);
        }
    }

    private static void CheckFits(decimal quantity, string? unit, string at, List<ValidationError> errors) => Check.Forbid(
        Unit.TryParse(unit, out var priced) && !ExactMath.TryMultiply(quantity, priced.Factor, out _), at,
        "plan.quantity_out_of_range", $"The quantity does not fit 28 digits in the smallest unit behind {unit}; use fewer decimals.", errors);

    private static void CheckRollOver(RollOverDefinition rollOver, string at, List<ValidationError> errors)
    {
        Check.Forbid(
            rollOver.Percent is < 0m or > 100m || DecimalText.Normalize(rollOver.Percent).Scale > 12, at + "/percent",
            "plan.percent_out_of_range", "Give 0 to 100 with at most 12 decimals.", errors);
        Check.Quantity(rollOver.Minimum, zeroAllowed: true, at + "/minimum", errors);
        Check.Quantity(rollOver.Maximum, zeroAllowed: true, at + "/maximum", errors);
        Check.Forbid(rollOver.Minimum > rollOver.Maximum, at + "/minimum", "plan.minimum_above_maximum",
            "The minimum is above the maximum.", errors);
        Check.Forbid(rollOver.Periods is < 1 or > RollOverDefinition.MaxPeriods, at + "/periods", "plan.roll_over_periods",
            $"Give 1 to {RollOverDefinition.MaxPeriods} periods.", errors);
    }
}
