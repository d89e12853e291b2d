using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Prices a charge of a case in a period, straight from the list of events.</summary>
internal static class OracleBill
{
    internal static OracleLine Price(
        Case given, ChargeDefinition charge, OraclePeriod period, IReadOnlyList<OracleEvent> events)
    {
        var active = given.Start < period.End && given.End > period.Start;
        var (quantity, amount, due) = charge.Kind switch
        {
            not ChargeKind.Usage when charge.IsPerDevice => OfDevices(given, charge, period, active),
            ChargeKind.Usage => Usage(given, charge, period, events, active),
            ChargeKind.Recurring => Recurring(given, charge, period, active),
            _ => (1, charge.Price!.Amount!.Value, active && period.Index == given.FirstPeriod),
        };
        if (!due)
        {
            return new(charge.Id, 0, 0, 0);
        }

        var share = charge.ProrateBounds ? new Rational(given.ActiveDays(period), period.Days) : 1;
        amount -= amount * (charge.DiscountPercent ?? 0m) / 100;
        amount = charge.Minimum is { } least ? Rational.Max(amount, share * least) : amount;
        amount = charge.Maximum is { } most ? Rational.Min(amount, share * most) : amount;
        return new(charge.Id, quantity, amount, OracleMoney.Round(given.Plan, amount));
    }

    private static (Rational Quantity, Rational Amount, bool Due) Usage(
        Case given, ChargeDefinition charge, OraclePeriod period, IReadOnlyList<OracleEvent> events, bool active)
    {
        var mine = events.Where(e => e.Meter == charge.Meter && period.Holds(e.Time)
            && charge.Where.All(e.Fits) && OracleRefusals.Of(given, e).Count == 0).ToList();
        var meter = given.Meters[charge.Meter!];
        var ratio = OracleUnits.Ratio(charge.Of == UsageBasis.Events ? "" : meter.Unit,
            charge.Of == UsageBasis.Events ? null : charge.Unit);
        if (charge.Allowances.Count > 0 && mine.Count > 0)
        {
            var (all, cost) = OracleAllowances.Price(given, charge, period, meter, ratio, mine);
            return (all, cost, true);
        }

        Rational free = charge.FreeQuantity ?? 0m;
        free += charge.Allowance is { } pool ? OraclePresence.Brought(given, period, pool) : 0;
        Rational quantity = 0;
        Rational amount = 0;
        foreach (var group in mine.GroupBy(e => given.PriceAt(charge, e.Time), ReferenceEqualityComparer.Instance))
        {
            var price = (PriceDefinition)group.Key!;
            if (price.Matrix is { } matrix)
            {
                var rows = new SortedDictionary<int, OracleUse>(group.GroupBy(e => OracleMatrix.Find(matrix, e)!.Value)
                    .ToDictionary(row => row.Key, row => OracleQuantity.Of(charge, meter, ratio, [.. row])));
                quantity += rows.Values.Aggregate((Rational)0, (sum, row) => sum + row.Quantity);
                amount += OracleMatrix.Of(matrix, rows, period.Days);
                continue;
            }

            var use = OracleQuantity.Of(charge, meter, ratio, [.. group]);
            quantity += use.Quantity;
            amount += use.Quantity.IsZero
                ? OraclePrices.OfUsed(price, use, period.Days)
                : OraclePrices.Of(price, use with { Quantity = Rational.Max(0, use.Quantity - free) }, period.Days);
        }

        var atZero = charge.Price is { FirstFlatAtZero: true };
        if (mine.Count == 0 && atZero)
        {
            amount = OraclePrices.Of(charge.Price!, OracleUse.None, period.Days);
        }

        return (quantity, amount, active || mine.Count > 0);
    }

    private static (Rational Quantity, Rational Amount, bool Due) OfDevices(
        Case given, ChargeDefinition charge, OraclePeriod period, bool active)
    {
        if (charge.Kind == ChargeKind.Recurring && charge.Proration == RecurringProration.Day)
        {
            var days = given.Devices.Sum(d => OraclePresence.Days(given, period, d, charge.States));
            return (days, (Rational)days * charge.Price!.Amount!.Value / period.Days, active || days > 0);
        }

        var count = given.Devices.Count(d => charge.Kind == ChargeKind.OneTime
            ? OraclePresence.Joins(period, d, charge.States)
            : OraclePresence.Any(period, d, charge.States));
        return charge.Price!.Model == PriceModel.Flat
            ? (count, (Rational)count * charge.Price.Amount!.Value, active || count > 0)
            : (count, OraclePrices.OfUsed(charge.Price, new(count, []), period.Days), active || count > 0);
    }

    private static (Rational Quantity, Rational Amount, bool Due) Recurring(
        Case given, ChargeDefinition charge, OraclePeriod period, bool active)
    {
        Rational amount = charge.Price!.Amount!.Value;
        Rational days = charge.Proration == RecurringProration.None ? period.Days : given.ActiveDays(period);
        if (charge.Proration == RecurringProration.Second)
        {
            var from = given.Start > period.Start ? given.Start : period.Start;
            var to = given.End < period.End ? given.End : period.End;
            var seconds = Seconds(period, to) - Seconds(period, from);
            return (1, amount * seconds / Seconds(period, period.End), active);
        }

        return charge.Per == RecurringPer.Day ? (days, days * amount, active) : (1, days * amount / period.Days, active);
    }

    /// <summary>Since the period began; fractions of a second are cut.</summary>
    private static Rational Seconds(OraclePeriod period, Instant time) =>
        (time - period.Start).BclCompatibleTicks / NodaConstants.TicksPerSecond;
}
