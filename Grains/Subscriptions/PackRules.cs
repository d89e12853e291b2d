using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>What a pack may be, and how it stands.</summary>
internal static class PackRules
{
    private const int MostPacks = 1_000;
    private const int HighestPriority = 1_000;
    private const int MostPeriods = 1_000;

    /// <summary>Grants a pack in the present period, or says what is wrong.</summary>
    public static CommandResult<PackView> Grant(Partition.Turn turn, SubscriptionState subscription, PackSpec spec, Instant now)
    {
        var known = subscription.Packs.FirstOrDefault(p => p.Id == spec.Id);
        var at = known?.GrantedAt ?? now;
        var period = subscription.Calendar.PeriodAt(at);
        var part = subscription.Parts(period).FirstOrDefault(p => p.Active.Contains(at));
        if (part is null)
        {
            return CommandResult.Conflict<PackView>("subscription.inactive", "The subscription does not run now.");
        }
        var (pack, errors) = Read(spec, part, period.Index, at);
        if (known is not null)
        {
            return known == pack
                ? CommandResult.Unchanged(View(subscription, known, now))
                : CommandResult.Conflict<PackView>("pack.exists", "This pack id exists with other content.", "/id");
        }
        if (pack is null)
        {
            return CommandResult.Rejected<PackView>(errors);
        }
        if (subscription.Packs.Count >= MostPacks)
        {
            return CommandResult.Conflict<PackView>("pack.too_many", $"A subscription has at most {MostPacks} packs.");
        }
        turn.Append(new PackGranted(subscription.Tenant.Id, subscription.Spec.Id, pack));
        return CommandResult.Created(View(subscription, pack, now));
    }

    /// <summary>As callers see it, with all usage that is known.</summary>
    public static PackView View(SubscriptionState subscription, UnitPack pack, Instant now)
    {
        var totals = subscription.Totals();
        var last = Math.Max(subscription.Calendar.IndexAt(now), subscription.ClosedThrough);
        List<UnitEntry> journal =
        [
            UnitEntry.Of(JournalKinds.Grant, pack.GrantedAt, pack.Id, pack.Quantity, pack.Kind == CreditKind.Promotional ? "promotional" : "sold"),
        ];
        var (current, accrued, left) = (pack.Quantity, 0m, pack.Quantity);
        for (var index = pack.FirstPeriod; index <= last; index++)
        {
            var period = subscription.Calendar.Period(index);
            var taken = PackChain.Taken(subscription, period, totals).GetValueOrDefault(pack.Id);
            left -= taken;
            if (index > subscription.ClosedThrough)
            {
                accrued += taken;
                left = index < last ? pack.Carried(index, left) : left;
                continue;
            }
            var carried = pack.Carried(index, left);
            Add(journal, UnitEntry.Use, period.End, pack, taken, "usage");
            Add(journal, JournalKinds.Expired, period.End, pack, left - carried, "breakage");
            (current, left) = (carried, carried);
        }
        return new(
            pack.Id, subscription.Spec.Id, pack.Charge, pack.Unit, pack.Kind, pack.Quantity, current, accrued, left, pack.Priority,
            pack.GrantedAt, pack.LastPeriod is { } until ? subscription.Calendar.Period(until).End : null, pack.CarryOver, pack.Reference,
            left > 0m ? "open" : pack.LastPeriod < last ? "expired" : "used", [.. journal]);
    }

    private static void Add(List<UnitEntry> journal, string kind, Instant at, UnitPack pack, decimal quantity, string other)
    {
        if (quantity > 0m)
        {
            journal.Add(UnitEntry.Of(kind, at, pack.Id, -quantity, other));
        }
    }

    private static (UnitPack? Pack, CommandError[] Errors) Read(PackSpec spec, PeriodPart part, int period, Instant at)
    {
        var errors = new List<CommandError>();
        var plan = part.Plan.Compiled;
        if (plan.PackUnitOf(spec.Charge) is not { } unit)
        {
            return (null, [new(
                "pack.charge", "The plan in force has no usage charge of that id with one price for a quantity: packs are not for windows, "
                + "schedules, matrices, percentages, dynamic prices, or several allowances.", "/charge")]);
        }
        var quantity = InUnit(spec.Quantity, spec.Unit, unit, "/quantity", errors);
        var carryOver = spec.CarryOver is { } most ? InUnit(most, spec.Unit, unit, "/carryOver", errors, zeroAllowed: true) : (decimal?)null;
        if (spec.Priority is < 1 or > HighestPriority)
        {
            errors.Add(new("pack.priority", $"Give a priority from 1 to {HighestPriority}; lower is used first.", "/priority"));
        }
        if (spec.Periods is < 1 or > MostPeriods)
        {
            errors.Add(new("pack.periods", $"Give 1 to {MostPeriods} billing periods, the present one included, or leave it out.", "/periods"));
        }
        return errors.Count > 0 ? (null, [.. errors.DistinctBy(e => (e.Code, e.Pointer))]) : (new(
            spec.Id, spec.Charge, unit.Symbol, quantity, spec.Kind, spec.Priority, period,
            spec.Periods is { } periods ? period + periods - 1 : null, at, spec.Reference, carryOver), []);
    }

    private static decimal InUnit(decimal value, string? given, Unit unit, string pointer, List<CommandError> errors, bool zeroAllowed = false)
    {
        if (value < 0m || (value == 0m && !zeroAllowed) || !QuantityLimits.Allows(value))
        {
            errors.Add(new(
                "pack.quantity", $"Give a quantity {(zeroAllowed ? "of zero or more" : "above zero")}, below 10^15, with at most 12 decimals.", pointer));
            return value;
        }
        if (given is null || given == unit.Symbol)
        {
            return DecimalText.Normalize(value);
        }
        if (!Unit.TryParse(given, out var from) || !Unit.Converts(from, unit))
        {
            errors.Add(new("usage.unit_mismatch", $"The unit does not convert to the charge's unit '{unit.Symbol}'.", "/unit"));
            return value;
        }
        if (!Unit.TryConvert(value, from, unit, out var quantity) || !QuantityLimits.Allows(quantity))
        {
            errors.Add(new("usage.unit_inexact", $"The quantity is no exact number of {unit.Symbol}; give it in that unit.", pointer));
        }
        return DecimalText.Normalize(quantity);
    }
}
