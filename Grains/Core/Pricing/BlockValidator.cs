using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Where reservations can end: at a limit that a quantity can be told of.</summary>
internal static class BlockValidator
{
    internal static void Validate(ChargeDefinition charge, string at, MeterDefinition? meter, List<ValidationError> errors)
    {
        if (charge.BlockAt == BlockAt.None)
        {
            return;
        }

        at += "/blockAt";
        if (charge.Allowances.Count > 0 && (charge.BlockAt != BlockAt.Included || charge.PoolLimitPerDevice is not null
            || charge.Allowances.Any(a => a.Kind is AllowanceKind.Device or AllowanceKind.Block)))
        {
            errors.Add(new(at, "plan.block_with_allowances",
                "Of several 'allowances' quota can be promised where all are pools ('flex' or 'fixed') without 'poolLimitPerDevice', and at "
                + "'included': change these, or leave it out."));
            return;
        }

        Check.Forbid(charge is { BlockAt: BlockAt.Included, FreeQuantity: null, Allowance: null, Allowances.Count: 0 }, at, "plan.block_without_limit",
            "Nothing is included: give 'freeQuantity' or 'allowance', or leave it out.", errors);
        Check.Forbid(charge is { BlockAt: BlockAt.Maximum, Maximum: null }, at, "plan.block_without_limit",
            "There is no 'maximum' to end at: give one, or leave it out.", errors);
        Check.Forbid(charge.PerDevice is not null || meter is { Cumulative: not null } or { Lasts: true }
            || (meter is not null && meter.Kind != AggregationKind.Sum && charge.Of == UsageBasis.Value), at, "plan.block_not_additive",
            "Quota can be reserved only of quantities that are added up event by event.", errors);
        Check.Forbid(charge.BlockAt == BlockAt.Maximum && !IsKnown(charge), at, "plan.block_not_for_price",
            "What this price comes to is not known before each event is: use prices of quantities, without shared counters.", errors);
    }

    private static bool IsKnown(ChargeDefinition charge) => charge.Schedule is not { Entries: [{ Price: not null }, ..] }
        && IsKnown(charge.Price)
        && (charge.TimeOfUse is not { } times || (times.Windows.All(w => IsKnown(w.Price)) && IsKnown(times.Otherwise?.Price)));

    private static bool IsKnown(PriceDefinition? price) => price is null
        || (price.Model is not (PriceModel.Percentage or PriceModel.Dynamic)
            && (price.Matrix is not { } matrix
                || (matrix.Counters != MatrixCounters.Shared && matrix.Rows.All(r => IsKnown(r.Price)) && IsKnown(matrix.Otherwise?.Price))));
}
