using System.Numerics;
using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
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
    /// <summary>The first disagreement; null when there is none.</summary>
    internal static string? Find(Case given)
    {
        try
        {
            return Compare(given);
        }
        catch (Exception refused) when (refused is InexactAmountException or OverflowException)
        {
            return null; // What does not fit a decimal is refused, which is no wrong amount.
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
        return (Differs(given, "on time", before, expected, inTime)
            ?? Differs(given, "with late usage", after, expected, given.Events)
            ?? DiffersLate(before, after, late)) is { } difference ? $"period {expected.Index}, {difference}" : null;
    }

    /// <summary>Late usage costs what the lines of the period differ by, each as it is rounded.</summary>
    private static string? DiffersLate(
        IReadOnlyList<RatedCharge> before, IReadOnlyList<RatedCharge> after, IReadOnlyList<RatedCharge> late)
    {
        foreach (var id in before.Concat(after).Select(line => line.ChargeId).Distinct())
        {
            var (adjusted, rest) = (Minor(late, id), Minor(after, id) - Minor(before, id));
            if (adjusted != rest)
            {
                return $"{id} late: engine {adjusted}, rounded difference {rest}";
            }
        }

        return null;
    }

    private static RatedCharge? Line(IReadOnlyList<RatedCharge> lines, string id) =>
        lines.SingleOrDefault(line => line.ChargeId == id);

    private static long Minor(IReadOnlyList<RatedCharge> lines, string id) => Line(lines, id)?.Amount.MinorUnits ?? 0;

    private static string? Differs(
        Case given, string when, IReadOnlyList<RatedCharge> engine, OraclePeriod period, IReadOnlyList<OracleEvent> events)
    {
        var minor = new Dictionary<string, BigInteger>();
        foreach (var charge in given.Plan.Charges)
        {
            var oracle = OracleBill.Price(given, charge, period, events);
            var cut = charge is { Unit: not null, DiscountPercent: not null } or { Unit: not null, Allowances.Count: > 0 };
            if (Differs(given, Tolerance(given, charge), when, Line(engine, charge.Id), oracle, cut) is { } difference)
            {
                return difference;
            }

            minor[charge.Id] = Minor(engine, charge.Id); // As the oracle has it, but where only infinite digits tell.
        }

        var terms = OracleTerms.Of(given, period, minor);
        Rational allowed = given.Plan is { Minimum.Prorate: true } or { Maximum.Prorate: true } ? 0.000000001m : 0m;
        return terms.Select(line => Differs(given, allowed, when, Line(engine, line.Id), line)).FirstOrDefault(d => d is not null)
            ?? engine.Select(line => line.ChargeId).Except(minor.Keys).Except(terms.Select(line => line.Id))
                .Select(id => $"{id} {when}: only the engine has it").FirstOrDefault();
    }

    private static string? Differs(
        Case given, Rational allowed, string when, RatedCharge? line, OracleLine oracle, bool cut = false)
    {
        var minor = line?.Amount.MinorUnits ?? 0;
        var exact = line?.ExactAmount ?? 0m;
        Rational quantity = line?.Quantity ?? (oracle.MinorUnits.IsZero && oracle.Exact.IsZero ? oracle.Quantity : 0);
        var off = ((Rational)exact - oracle.Exact).Abs();
        if ((minor != oracle.MinorUnits
                && !IsNearlyOnEdge(oracle.Exact * OracleMoney.MinorUnits(given.Plan.Currency), allowed * 1000, cut))
            || off > allowed || (quantity - oracle.Quantity).Abs() > 0.00000000001m)
        {
            return $"{oracle.Id} {when}: engine {minor} ({exact}, {quantity}), oracle {oracle}";
        }

        var steps = line?.Steps.Sum(step => step.Amount) ?? 0m;
        return steps == (line?.Amount.ToDecimal() ?? 0m) ? null : $"{oracle.Id} {when}: the steps add up to {steps}, not {line}";
    }

    /// <summary>Amounts without a finite decimal (shares of days, odd units) may differ by as much as prices can make of half
    /// of the 12th place of a quantity; every other amount must be equal.</summary>
    private static Rational Tolerance(Case given, ChargeDefinition charge)
    {
        if (charge.Unit is null && charge.Allowance is null && charge.Allowances.Count == 0 && charge.Kind != ChargeKind.Recurring && !charge.ProrateBounds)
        {
            return 0;
        }

        var highest = charge.Prices().SelectMany(p => (p.Tiers?.Select(t => t.UnitPrice) ?? []).Append(p.UnitPrice))
            .Append(1_000m).Max(p => Math.Abs(p ?? 0m));
        // Several allowances are cut at the 12th place of the meter's unit, which may be many of the priced one.
        var size = charge.Allowances.Count > 0 && charge.Unit is not null ? OracleUnits.Ratio(given.Meters[charge.Meter!].Unit, charge.Unit) : 1;
        return Rational.Max(1, size) * highest / 100_000_000_000m;
    }

    /// <summary>Whether an amount lies so near to where rounding jumps that only exact arithmetic can tell the side. An amount
    /// that lies on it is not near: it must be rounded right, but where a discount made an amount finite again that a converted
    /// quantity of 12 places was already cut for.</summary>
    private static bool IsNearlyOnEdge(Rational minor, Rational allowed, bool cut)
    {
        var halves = minor * 2;
        var distance = (halves - new Rational(halves.Round(LineRounding.HalfEven), 1)).Abs();
        return (cut || !distance.IsZero) && distance <= allowed * 2;
    }

    /// <summary>In an order and a grouping of its own, which must not matter.</summary>
    private static IReadOnlyList<RatedCharge> Rate(
        Case given, CompiledPlan plan, BillingPeriod period, IReadOnlyList<OracleEvent> events)
    {
        var totals = new UsageTotals(plan);
        foreach (var e in events.Reverse().Where(e => period.Contains(e.Time)))
        {
            var contributions = new List<Contribution>();
            var reason = plan.Contribute(e.Meter, e.Time, e.Value, e.Dimensions, given.Zone, contributions);
            var refusals = OracleRefusals.Of(given, e);
            if (reason is null ? refusals.Count > 0 : !refusals.Contains(reason))
            {
                throw new InvalidOperationException($"{e}: engine {reason}, oracle {string.Join(" or ", refusals)}");
            }

            foreach (var contribution in contributions)
            {
                totals.Add(e.Device, contribution);
            }
        }

        var rules = plan.Presences.ToDictionary(p => p.Key, p => p.Rule);
        var rated = totals.ToTotals(
            (device, key) => given.Devices.Where(d => d.Id == device).Sum(d => Presence.Of(rules[key], Spans(d, rules[key]), period, given.Zone)),
            period.Days);
        foreach (var (key, rule) in plan.Presences)
        {
            var count = given.Devices.Sum(d => Presence.Of(rule, Spans(d, rule), period, given.Zone));
            rated[key] = new(count, 0m, count > 0 ? 1 : 0);
        }

        var active = new Interval(given.Start, given.End == Instant.MaxValue ? null : given.End);
        return PeriodRating.Rate(
            plan, period, active, given.Zone, period.Index == given.FirstPeriod, rated, period.Index - given.FirstPeriod);
    }

    /// <summary>When a device is there; stretches that touch are one, as the partitions tell them.</summary>
    private static List<Interval> Spans(OracleDevice device, PresenceRule rule)
    {
        var spans = new List<Interval>();
        foreach (var (from, to, _) in device.History.Where(h => rule.Holds(h.State)))
        {
            var touches = spans.Count > 0 && spans[^1].HasEnd && spans[^1].End == from;
            var start = touches ? spans[^1].Start : from;
            if (touches)
            {
                spans.RemoveAt(spans.Count - 1);
            }

            spans.Add(new(start, to == Instant.MaxValue ? null : to));
        }

        return spans;
    }
}
