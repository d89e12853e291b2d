using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Prices a charge in a part of a period, straight from the list of events.</summary>
internal static class OracleBill
{
    /// <param name="events">All of the part, as the plan sees them.</param>
    /// <param name="records">All that is known of the subscription's whole life, as it was sent.</param>
    /// <param name="carried">What earlier periods left to its pools.</param>
    internal static OracleLine Price(
        OraclePart part, ChargeDefinition charge, IReadOnlyList<OracleEvent> events, IReadOnlyList<OracleEvent> records,
        OracleCarried carried)
    {
        var (quantity, amount, due) = charge.Kind switch
        {
            not ChargeKind.Usage when charge.IsPerDevice => OfDevices(part, charge),
            ChargeKind.Usage => Usage(part, charge, events, records, carried),
            ChargeKind.Recurring => Recurring(part, charge),
            _ => (1, charge.Price!.Amount!.Value, part.Begins),
        };
        if (!due)
        {
            return new(charge.Id, 0, 0, 0, IsDue: false);
        }

        var share = charge.ProrateBounds ? part.Share : 1;
        amount -= amount * (charge.DiscountPercent ?? 0m) / 100;
        amount = charge.Minimum is { } least ? Rational.Max(amount, share * least) : amount;
        amount = charge.Maximum is { } most ? Rational.Min(amount, share * most) : amount;
        amount = IsTakenOff(part, charge) ? 0 : amount;
        return new(charge.Id, quantity, amount, OracleMoney.Round(part.Plan, amount));
    }

    /// <summary>What a trial takes off.</summary>
    private static bool IsTakenOff(OraclePart part, ChargeDefinition charge) => part.Stage.Trial is { } trial
        && (charge.Kind == ChargeKind.Recurring || (charge.Kind == ChargeKind.Usage && trial == UsageInTrial.Free));

    private static (Rational Quantity, Rational Amount, bool Due) Usage(
        OraclePart part, ChargeDefinition charge, IReadOnlyList<OracleEvent> events, IReadOnlyList<OracleEvent> records,
        OracleCarried carried)
    {
        var meter = part.Given.Meters[charge.Meter!];
        var counts = charge.Of == UsageBasis.Events;
        var mine = meter.Session is not null || (meter.IsLevel && !counts)
            ? OracleLasting.Pieces(part, charge, meter, records).Where(e => part.Given.PriceAt(charge, e.Time) is not null).ToList()
            : events.Where(e => e.Meter == charge.Meter && charge.Where.All(e.Fits)).ToList();
        var ratio = counts ? 1 : meter.Lasts ? OracleLasting.Ratio(part, charge, meter) : OracleUnits.Ratio(meter.Unit, charge.Unit);
        if (charge.Allowances.Count > 0 && mine.Count > 0)
        {
            var (all, cost, _) = OracleAllowances.Price(part, charge, meter, ratio, mine, carried);
            return (all, cost, part.IsActive || IsUsage(part, charge, meter, mine, events));
        }

        Rational free = charge.FreeQuantity ?? 0m;
        free += charge.Allowance is { } pool ? OraclePresence.Brought(part, pool) : 0;
        Rational quantity = 0;
        Rational amount = 0;
        foreach (var group in mine.GroupBy(e => part.Given.PriceAt(charge, e.Time), ReferenceEqualityComparer.Instance))
        {
            var price = (PriceDefinition)group.Key!;
            if (price.Matrix is { } matrix)
            {
                var rows = new SortedDictionary<int, OracleUse>(group.GroupBy(e => OracleMatrix.Find(matrix, e)!.Value)
                    .ToDictionary(row => row.Key, row => OracleQuantity.Of(charge, meter, ratio, [.. row])));
                quantity += rows.Values.Aggregate((Rational)0, (sum, row) => sum + row.Quantity);
                amount += OracleMatrix.Of(matrix, rows, part.Period.Days);
                continue;
            }

            var use = OracleQuantity.Of(charge, meter, ratio, [.. group]);
            quantity += use.Quantity;
            amount += use.Quantity.IsZero
                ? OraclePrices.OfUsed(price, use, part.Period.Days)
                : OraclePrices.Of(price, use with { Quantity = Rational.Max(0, use.Quantity - free) }, part.Period.Days);
        }

        var atZero = charge.Price is { FirstFlatAtZero: true };
        if (mine.Count == 0 && atZero)
        {
            amount = OraclePrices.Of(charge.Price!, OracleUse.None, part.Period.Days);
        }

        return (quantity, amount, part.IsActive || IsUsage(part, charge, meter, mine, events));
    }

    /// <summary>Events of 0 are no usage, but where each has a price, or a rule about each event or device made them 0.</summary>
    private static bool IsUsage(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, List<OracleEvent> mine, IReadOnlyList<OracleEvent> events) =>
        charge.PerEvent is not null || charge.PerDevice is not null
            ? events.Any(e => e.Meter == charge.Meter && charge.Where.All(e.Fits)) || mine.Count > 0
            : mine.GroupBy(e => PriceOf(part, charge, e), ReferenceEqualityComparer.Instance).Any(group =>
                ((PriceDefinition)group.Key!) is { Model: PriceModel.Dynamic } or { FixedFee: not null } or { MinimumPerEvent: not null }
                    or { MaximumPerEvent: not null }
                || !OracleQuantity.Of(charge with { PerLine = null }, meter, 1, [.. group]).Quantity.IsZero);

    private static PriceDefinition PriceOf(OraclePart part, ChargeDefinition charge, OracleEvent e) =>
        part.Given.PriceAt(charge, e.Time)! is { Matrix: { } matrix }
            ? OracleMatrix.Price(matrix, OracleMatrix.Find(matrix, e)!.Value)
            : part.Given.PriceAt(charge, e.Time)!;

    private static (Rational Quantity, Rational Amount, bool Due) OfDevices(OraclePart part, ChargeDefinition charge)
    {
        if (charge.Kind == ChargeKind.Recurring && charge.Proration == RecurringProration.Day)
        {
            var days = part.Given.Devices.Sum(d => OraclePresence.Days(part, d, charge.States));
            return (days, (Rational)days * charge.Price!.Amount!.Value / part.Period.Days, Due(part, charge, days));
        }

        var count = charge.FromStates.Count > 0
            ? part.Given.Devices.Sum(d => OraclePresence.Transitions(part, d, charge))
            : part.Given.Devices.Count(d => charge.Kind == ChargeKind.OneTime
                ? OraclePresence.Joins(part, d, charge.States)
                : OraclePresence.Any(part, d, charge.States));
        return charge.Price!.Model == PriceModel.Flat
            ? (count, (Rational)count * charge.Price.Amount!.Value, Due(part, charge, count))
            : (count, OraclePrices.OfUsed(charge.Price, new(count, []), part.Period.Days), Due(part, charge, count));
    }

    /// <summary>Without a device only a minimum is.</summary>
    private static bool Due(OraclePart part, ChargeDefinition charge, int devices) =>
        devices > 0 || (part.IsActive && charge.Minimum > 0m);

    private static (Rational Quantity, Rational Amount, bool Due) Recurring(OraclePart part, ChargeDefinition charge)
    {
        Rational amount = charge.Price!.Amount!.Value;
        var days = charge.Proration == RecurringProration.None ? part.Period.Days : part.Share * part.Period.Days;
        return charge.Proration == RecurringProration.Second
            ? (1, amount * part.Seconds / part.PeriodSeconds, part.IsActive)
            : charge.Per == RecurringPer.Day ? (days, days * amount, part.IsActive) : (1, days * amount / part.Period.Days, part.IsActive);
    }
}
