using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>Packs of a quote, as packs of a subscription.</summary>
internal static class QuotePacks
{
    internal static UnitPacks Of(QuoteRequest request, CompiledPlan plan, List<ValidationError> errors)
    {
        var packs = new List<(UnitPack, decimal)>();
        for (var i = 0; i < request.Packs.Count && errors.Count < QuoteChecks.MaxErrors; i++)
        {
            var (asked, at) = (request.Packs[i], $"/packs/{i}");
            var charge = asked.Charge ?? (request.Charge is null ? "" : plan.Definition.Charges[0].Id);
            if (plan.PackUnitOf(charge) is not { } unit)
            {
                errors.Add(new(at + "/charge", "pack.charge",
                    "There is no usage charge of that id with one price for a quantity: packs are not for windows, schedules, matrices, "
                    + "percentages, dynamic prices, or several allowances."));
            }
            else if (Quantity(asked, unit, at, errors) is { } quantity)
            {
                // Numbered so that they are used in the order of the request.
                packs.Add((new($"{i:D4}", charge, unit.Symbol, quantity, CreditKind.Paid, 1, 0, null, NodaConstants.UnixEpoch, null), quantity));
            }
        }

        return UnitPacks.In(packs, period: 0);
    }

    private static decimal? Quantity(QuotePack asked, Unit unit, string at, List<ValidationError> errors)
    {
        var quantity = asked.Quantity;
        if (asked.Unit is { } symbol)
        {
            if (!Unit.TryParse(symbol, out var from) || !Unit.Converts(from, unit))
            {
                errors.Add(new(at + "/unit", "usage.unit_mismatch", $"The unit does not convert to the charge's unit '{unit.Symbol}'."));
                return null;
            }

            if (!Unit.TryConvert(asked.Quantity, from, unit, out quantity))
            {
                errors.Add(new(at + "/quantity", "usage.unit_inexact", $"The quantity is no exact number of {unit.Symbol}; give it in that unit."));
                return null;
            }
        }

        if (quantity > 0m && QuantityLimits.Allows(quantity))
        {
            return quantity;
        }

        errors.Add(new(at + "/quantity", "pack.quantity", "Give a quantity above zero, below 10^15, with at most 12 decimals."));
        return null;
    }
}
