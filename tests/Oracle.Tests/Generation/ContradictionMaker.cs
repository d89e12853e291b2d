using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Makes one thing of a valid plan wrong. What is refused, where and by which code: docs/pricing.md.</summary>
internal static class ContradictionMaker
{
    private const decimal TooBigPrice = 1_000_000_000m;
    private const decimal TooBigQuantity = 1_000_000_000_000_000m;
    private const decimal TooFine = 0.0000000000001m;

    private static readonly Func<Dice, PlanDefinition, Contradiction?>[] OfPlans =
    [
        (_, plan) => new(plan with { Charges = [] }, "/charges", "plan.charges_missing"),
        (_, plan) => new(plan with { Currency = "EUX" }, "/currency", "plan.currency_unknown"),
        (dice, plan) => new(plan with { Cycle = new(CycleUnit.Month, dice.Of(0, 1_001, -1)) }, "/cycle/count", "plan.cycle_count"),
        (_, plan) => new(
            plan with { Charges = [.. plan.Charges, plan.Charges[0]] }, $"/charges/{plan.Charges.Count}/id", "plan.charge_id_duplicate"),
        (dice, plan) => new(
            plan with { Minimum = new(dice.Number() + 1m, "least", true), Maximum = new(0.5m, "most", true) }, "/minimum",
            "plan.minimum_above_maximum"),
        (_, plan) => new(
            plan with { Discounts = [new("bad", "bad", 10m, null, ["no such charge"], null)] }, "/discounts/0/charges/0",
            "plan.discount_charge_unknown"),
        (_, plan) => new(
            plan with { Discounts = [new("bad", "bad", 10m, 5m, [], null)] }, "/discounts/0", "plan.discount_percent_or_amount"),
        (dice, plan) => new(
            plan with { Discounts = [new("bad", "bad", dice.Of(100.01m, -1m), null, [], null)] }, "/discounts/0/percent",
            "plan.discount_out_of_range"),
    ];

    private static readonly Func<Dice, ChargeDefinition, (ChargeDefinition Charge, string Pointer, string Code)?>[] OfCharges =
    [
        (dice, c) => (c with { DiscountPercent = dice.Of(100.01m, -0.01m) }, "/discountPercent", "plan.discount_out_of_range"),
        (dice, c) => (c with { Minimum = dice.Number() + 1m, Maximum = 0.5m }, "/minimum", "plan.minimum_above_maximum"),
        (_, c) => (c with { Minimum = -1m, Maximum = null }, "/minimum", "plan.amount_negative"),
        (dice, c) => (c with { Minimum = dice.Of(TooBigPrice, TooFine, decimal.MaxValue), Maximum = null }, "/minimum", "plan.price_out_of_range"),
        (_, c) => (c with { ProrateBounds = true, Minimum = null, Maximum = null }, "/prorateBounds", "plan.prorate_without_bounds"),
        (_, c) => c.Meter is null ? null : (c with { Meter = "unknown" }, "/meter", "plan.meter_unknown"),
        (_, c) => c.Kind != ChargeKind.Usage ? null : (c with { Meter = null }, "/meter", "plan.meter_missing"),
        (_, c) => c is not { Meter: not null, Of: UsageBasis.Value } ? null : (c with { Unit = "KB" }, "/unit", "plan.unit_unknown"),
        (_, c) => c is not { Meter: not null, Of: UsageBasis.Value } ? null : (c with { Unit = "goats" }, "/unit", "plan.unit_not_convertible"),
        (dice, c) => c is not { Kind: ChargeKind.Usage, Price: not null, Allowances.Count: 0 }
            ? null
            : (c with { FreeQuantity = dice.Of(TooBigQuantity, TooFine, decimal.MaxValue) }, "/freeQuantity", "plan.quantity_out_of_range"),
        (_, c) => c is not { Kind: ChargeKind.Usage, Price: not null, Allowances.Count: 0 }
            ? null
            : (c with { FreeQuantity = -1m }, "/freeQuantity", "plan.quantity_negative"),
        (dice, c) => c.Price is not { Model: PriceModel.PerUnit } price
            ? null
            : (c with { Price = price with { UnitPrice = dice.Of(TooBigPrice, -TooBigPrice, TooFine, decimal.MinValue) } }, "/unitPrice",
                "plan.price_out_of_range"),
        (_, c) => c.Price is not { Model: PriceModel.Package } price
            ? null
            : (c with { Price = price with { PackageSize = TooBigQuantity } }, "/packageSize", "plan.quantity_out_of_range"),
        (_, c) => c.Price is not { Tiers: { } tiers } price
            ? null
            : (c with { Price = price with { Tiers = [.. tiers.Take(tiers.Count - 1), tiers[^1] with { UpTo = 999_999m }] } },
                $"/tiers/{tiers.Count - 1}/upTo", "plan.tiers_gap"),
        (_, c) => c.Price is not { Tiers: { Count: > 1 } tiers } price
            ? null
            : (c with { Price = price with { Tiers = [tiers[0] with { UpTo = null }, .. tiers.Skip(1)] } }, "/tiers/0/upTo",
                "plan.tier_after_unbounded"),
        (dice, c) => c.Price is not { Tiers: { Count: > 2 } tiers } price
            ? null
            : (c with
            {
                Price = price with { Tiers = [tiers[0], tiers[1] with { UpTo = dice.Of(tiers[0].UpTo, tiers[0].UpTo / 2m) }, .. tiers.Skip(2)] },
            }, "/tiers/1/upTo", "plan.tiers_not_ascending"),
        (_, c) => c.Price is not { Tiers: { } tiers, Model: not PriceModel.Stairstep } price
            ? null
            : (c with { Price = price with { Tiers = [new(tiers[0].UpTo, null), .. tiers.Skip(1)] } }, "/tiers/0", "plan.tier_price_missing"),
        (_, c) => c.Price is not { Matrix: { } matrix } price
            ? null
            : (c with
            {
                Price = price with { Matrix = matrix with { Rows = [.. matrix.Rows, matrix.Rows[0] with { Name = "again" }] } },
            }, "/matrix/rows/", "plan.matrix_ambiguous"),
        (_, c) => c.Schedule is not { Entries: { Count: > 1 } entries } schedule
            ? null
            : (c with { Schedule = schedule with { Entries = [entries[0], entries[1] with { From = entries[0].From }, .. entries.Skip(2)] } },
                "/schedule/entries/1/from", "plan.schedule_not_ascending"),
        (_, c) => c.TimeOfUse is not { } windows
            ? null
            : (c with { TimeOfUse = windows with { Otherwise = null, Windows = [windows.Windows[0] with { From = new(1, 0), To = new(2, 0) }] } },
                "/timeOfUse/otherwise", "plan.otherwise_missing"),
        (_, c) => c.Allowances.Count == 0 ? null : (c with { FreeQuantity = 1m }, "/allowances", "plan.allowance_twice"),
        (_, c) => c.Allowances.Count == 0
            ? null
            : (c with { Allowances = [c.Allowances[0] with { Quantity = TooBigQuantity }, .. c.Allowances.Skip(1)] },
                $"/allowances/0/{(c.Allowances[0].IsPerDevice ? "perDevice" : "quantity")}", "plan.quantity_out_of_range"),
    ];

    /// <summary>Null where the chosen fault is none of this plan.</summary>
    internal static Contradiction? Any(Dice dice, PlanDefinition plan)
    {
        plan = plan with { Phases = [] };
        if (dice.Chance(25))
        {
            return dice.Of(OfPlans)(dice, plan);
        }

        var at = dice.Below(plan.Charges.Count);
        return dice.Of(OfCharges)(dice, plan.Charges[at]) is var (charge, pointer, code)
            ? new(plan with { Charges = [.. plan.Charges.Select((c, i) => i == at ? charge : c)] }, $"/charges/{at}{pointer}", code)
            : null;
    }
}
