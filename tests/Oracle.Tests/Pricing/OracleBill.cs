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
            && charge.Where.All(w => w.Dimension == "place" && w.Values.Contains(e.Place))).ToList();
        var ratio = OracleUnits.Ratio(charge.Of == UsageBasis.Events ? "" : given.Meters[charge.Meter!].Unit,
            charge.Of == UsageBasis.Events ? null : charge.Unit);
        Rational quantity = 0;
        Rational amount = 0;
        foreach (var group in mine.GroupBy(e => Price(given, charge, e.Time), ReferenceEqualityComparer.Instance))
        {
            var price = (PriceDefinition)group.Key!;
            Rational[] counted = [.. group.Select(e => Counted(charge, e.Value, given.Meters[charge.Meter!].Counts) * ratio)];
            var sum = counted.Aggregate((Rational)0, (a, b) => a + b);
            quantity += sum;
            var rest = Rational.Max(0, sum - (charge.FreeQuantity ?? 0m));
            amount += sum.IsZero && !price.FirstFlatAtZero && !OfEvents(price) ? 0 : OraclePrices.Of(price, new(rest, counted), period.Days);
        }

        var atZero = charge.Price is { FirstFlatAtZero: true };
        if (mine.Count == 0 && atZero)
        {
            amount = OraclePrices.Of(charge.Price!, OracleUse.None, period.Days);
        }

        return (quantity, amount, active || mine.Count > 0);
    }

    /// <summary>Whether a payment of nothing can cost something.</summary>
    private static bool OfEvents(PriceDefinition price) => price.Model is PriceModel.Percentage or PriceModel.Dynamic;

    private static Rational Counted(ChargeDefinition charge, decimal value, bool counts)
    {
        if (charge.Of == UsageBasis.Events || counts)
        {
            return 1;
        }

        var rest = charge.PerEvent?.Free is { } free ? Rational.Max(0, (Rational)value - free) : value;
        return charge.PerEvent?.RoundUpTo is { } block ? new Rational((rest / block).Ceiling(), 1) * block : rest;
    }

    /// <summary>The one object that prices an instant; grouping goes by it.</summary>
    private static PriceDefinition Price(Case given, ChargeDefinition charge, Instant time)
    {
        if (charge.TimeOfUse is { } timeOfUse)
        {
            var window = OracleWindows.Find(timeOfUse, given.Clock.At(time));
            return window < timeOfUse.Windows.Count ? timeOfUse.Windows[window].Price : timeOfUse.Otherwise!.Price;
        }

        return charge.Schedule is { } schedule ? given.PriceAt(schedule, time) : charge.Price!;
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
