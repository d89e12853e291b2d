using System.Numerics;
using NodaTime;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Bills a case with the engine and with the oracle.</summary>
internal static class Comparison
{
    /// <summary>Exact amounts without a finite decimal (shares of days, odd units) may differ by this.</summary>
    private static readonly Rational Tolerance = 0.00000001m;

    /// <summary>The first disagreement; null when there is none.</summary>
    internal static string? Find(Case given)
    {
        try
        {
            return Compare(given);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return failure.ToString();
        }
    }

    private static string? Compare(Case given)
    {
        var bytes = PlanJson.Serialize(given.Plan);
        var parsed = PlanJson.Parse(bytes);
        if (parsed.Plan is null || !PlanJson.Serialize(parsed.Plan).AsSpan().SequenceEqual(bytes))
        {
            return "The plan does not survive its JSON: " + string.Join("; ", parsed.Errors);
        }

        var plan = CompiledPlan.Compile(parsed.Plan, given.Meters.GetValueOrDefault);
        var calendar = new BillingCalendar(given.Zone, given.Anchor, given.Plan.Cycle);
        for (var index = given.FirstPeriod; index < given.FirstPeriod + given.Periods; index++)
        {
            var period = calendar.Period(index);
            var anchor = new DateOnly(given.Anchor.Year, given.Anchor.Month, given.Anchor.Day);
            var expected = OracleCalendar.Period(index, anchor, given.Plan.Cycle, given.Clock);
            if ((period.Start, period.End, period.Days) != (expected.Start, expected.End, expected.Days))
            {
                return $"Period {index}: engine {period}, oracle {expected}";
            }

            if (Compare(given, plan, period, expected) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? Compare(Case given, CompiledPlan plan, BillingPeriod period, OraclePeriod expected)
    {
        var inTime = given.Events.Where(e => !e.Late).ToList();
        var before = Rate(given, plan, period, inTime);
        var after = Rate(given, plan, period, given.Events);
        var late = LateUsage.Adjust(before, after);
        foreach (var charge in given.Plan.Charges)
        {
            var first = OracleBill.Price(given, charge, expected, inTime);
            var all = OracleBill.Price(given, charge, expected, given.Events);
            var difference = Differs(given, charge, "on time", Line(before, charge), first)
                ?? Differs(given, charge, "with late usage", Line(after, charge), all);
            var adjusted = Line(late, charge)?.Amount.MinorUnits ?? 0;
            if (difference is null && adjusted != all.MinorUnits - first.MinorUnits)
            {
                difference = $"{charge.Id} late: engine {adjusted}, oracle {all.MinorUnits - first.MinorUnits}";
            }

            if (difference is not null)
            {
                return $"period {expected.Index}, {difference}";
            }
        }

        return null;
    }

    private static RatedCharge? Line(IReadOnlyList<RatedCharge> lines, ChargeDefinition charge) =>
        lines.SingleOrDefault(line => line.ChargeId == charge.Id);

    private static string? Differs(Case given, ChargeDefinition charge, string when, RatedCharge? line, OracleLine oracle)
    {
        var minor = line?.Amount.MinorUnits ?? 0;
        var exact = line?.ExactAmount ?? 0m;
        Rational quantity = line?.Quantity ?? 0m;
        var odd = charge.Unit is not null || charge.Kind == ChargeKind.Recurring;
        var off = ((Rational)exact - oracle.Exact).Abs();
        if (minor != oracle.MinorUnits || (odd ? off > Tolerance : !off.IsZero)
            || (quantity - oracle.Quantity).Abs() > 0.000000000001m)
        {
            return $"{charge.Id} {when}: engine {minor} ({exact}, {quantity}), oracle {oracle}";
        }

        var steps = line?.Steps.Sum(step => step.Amount) ?? 0m;
        return steps == (line?.Amount.ToDecimal() ?? 0m) ? null : $"{charge.Id} {when}: the steps add up to {steps}, not {line}";
    }

    /// <summary>In an order and a grouping of its own, which must not matter.</summary>
    private static IReadOnlyList<RatedCharge> Rate(
        Case given, CompiledPlan plan, BillingPeriod period, IReadOnlyList<OracleEvent> events)
    {
        var slices = new[] { new Dictionary<BucketKey, BucketTotal>(), new Dictionary<BucketKey, BucketTotal>() };
        var turn = 0;
        foreach (var e in events.Reverse().Where(e => period.Contains(e.Time)))
        {
            var contributions = new List<Contribution>();
            var reason = plan.Contribute(
                e.Meter, e.Time, e.Value, [new("place", e.Place)], given.Zone, contributions);
            if (reason is not null)
            {
                throw new InvalidOperationException($"{e} was refused: {reason}");
            }

            var slice = slices[turn++ % 2];
            foreach (var contribution in contributions)
            {
                slice[contribution.Key] = slice.GetValueOrDefault(contribution.Key).Add(contribution);
            }
        }

        foreach (var (key, total) in slices[1])
        {
            slices[0][key] = slices[0].GetValueOrDefault(key).Add(total);
        }

        var active = new Interval(given.Start, given.End == Instant.MaxValue ? null : given.End);
        return PeriodRating.Rate(plan, period, active, given.Zone, period.Index == given.FirstPeriod, slices[0]);
    }
}
