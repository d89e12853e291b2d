using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Rating;

/// <summary>Prices usage that has not happened: the same rules as the bill, with nothing stored.</summary>
public static class Quote
{
    /// <summary>Where a quote without times puts its period.</summary>
    private static readonly LocalDate AnyDay = new(2000, 1, 1);

    /// <summary>Quotes a request for one whole first period; never throws for what a caller may write.</summary>
    public static QuoteOutcome Price(QuoteRequest request)
    {
        var errors = QuoteChecks.Check(request);
        if (errors.Count > 0 || QuotePlan.Of(request, errors) is not { } plan)
        {
            return new(null, errors);
        }

        try
        {
            return Price(request, plan, errors);
        }
        catch (ArithmeticException)
        {
            errors.Add(new("", RatingReasons.Inexact, "The amount is too large or too fine to be exact in a decimal."));
            return new(null, errors);
        }
    }

    private static QuoteOutcome Price(QuoteRequest request, CompiledPlan plan, List<ValidationError> errors)
    {
        var zone = request.Zone ?? DateTimeZone.Utc;
        var days = new BillingCycle(CycleUnit.Day, request.Days ?? QuoteRequest.DefaultDays);
        var period = new BillingCalendar(zone, FirstDay(request, zone), days).Period(0);
        var usage = Totals(request, plan, zone, period, errors);
        var packs = QuotePacks.Of(request, plan, errors);
        if (errors.Count > 0)
        {
            return new(null, errors);
        }

        var rules = plan.Presences.ToDictionary(p => p.Key, p => p.Rule);
        var totals = usage.ToTotals((_, key) => Brings(request, rules[key]) ? period.Days : 0m, period.Days);
        AddDevices(request, plan, period, usage, totals);
        var trial = request.Trial ? plan.Definition.Trial?.Usage : null;
        var segment = new PeriodSegment(plan, period.ToInterval(), Begins: trial is null, totals, Trial: trial) { Packs = packs };
        var charges = SegmentRating.Rate(period, zone, periodsBefore: 0, [segment])[0];
        var amount = charges.Aggregate(Money.Zero(plan.Currency), (sum, charge) => sum + charge.Amount);
        var exact = charges.Aggregate(0m, (sum, charge) => ExactMath.Add(sum, charge.ExactAmount));
        var steps = charges.SelectMany(charge => charge.Steps).ToArray();
        return new(new(plan.Currency.Code, amount.ToString(), DecimalText.Format(exact), steps, charges), []);
    }

    private static UsageTotals Totals(
        QuoteRequest request, CompiledPlan plan, DateTimeZone zone, BillingPeriod period, List<ValidationError> errors)
    {
        var totals = new UsageTotals(plan);
        var lasting = new QuoteLasting(plan, period, zone);
        var contributions = new List<Contribution>();
        var measurings = new QuoteMeasuring();
        // Devices alone can be quoted too.
        var usage = request.Usage ?? (request.Quantity is { } quantity ? [new TimedQuantity(null, quantity)] : []);
        for (var i = 0; i < usage.Count && errors.Count < QuoteChecks.MaxErrors; i++)
        {
            var pointer = request.Usage is null ? "/quantity" : $"/usage/{i}";
            if (QuoteChecks.Meter(usage[i], plan, request.Usage is null, pointer, errors) is not { } meter)
            {
                continue;
            }

            contributions.Clear();
            var time = usage[i].Time ?? NodaConstants.UnixEpoch;
            if (!measurings.Of(plan, meter).TryMeasure(usage[i].Value, Dimensions(usage[i]), out var measured, out var fault))
            {
                errors.Add(new(pointer, fault.Code, fault.Message));
                continue;
            }

            var (value, dimensions, _) = measured;
            var reason = lasting.Take(usage[i].Device ?? "", meter, time, value, dimensions)
                ? plan.Arrive(meter, time, dimensions, zone, contributions)
                : plan.Contribute(meter, time, value, dimensions, zone, contributions);
            if (reason is not null)
            {
                errors.Add(new(pointer, reason, plan.Fault(meter, value, dimensions)?.Message ?? QuoteChecks.Explain(reason)));
            }

            foreach (var contribution in contributions)
            {
                totals.Add(usage[i].Device ?? "", contribution);
            }
        }

        lasting.AddTo(totals);
        return totals;
    }

    /// <summary>In order of their names, as events have them.</summary>
    private static KeyValuePair<string, string>[] Dimensions(TimedQuantity usage) =>
        [.. (usage.Dimensions ?? []).OrderBy(d => d.Key, StringComparer.Ordinal)];

    /// <summary>Of a plan the devices are active: one device does not pay for being active and for being suspended at
    /// once. An inline charge is asked for by itself, whatever states it is for.</summary>
    private static void AddDevices(
        QuoteRequest request, CompiledPlan plan, BillingPeriod period, UsageTotals usage, Dictionary<BucketKey, BucketTotal> totals)
    {
        // Devices that are there for the whole period change no state.
        foreach (var (key, rule) in plan.Presences.Where(p => Brings(request, p.Rule) && p.Rule.Count != PresenceCount.Transitions))
        {
            // What has usage of its own is there, said or not.
            var devices = plan.Covers.Any(cover => cover.Presences.Any(p => p.Key == key))
                ? Math.Max(request.Devices, usage.DevicesOf(key.Charge).Count())
                : request.Devices;
            if (devices > 0)
            {
                var each = rule.Count == PresenceCount.Days ? period.Days : 1;
                totals[key] = new((decimal)devices * each, 0m, devices);
            }
        }
    }

    private static bool Brings(QuoteRequest request, PresenceRule rule) =>
        request.Plan is null || rule.Holds(LifecycleState.Active);

    private static LocalDate FirstDay(QuoteRequest request, DateTimeZone zone)
    {
        var times = (request.Usage ?? []).Where(usage => usage.Time is not null).Select(usage => usage.Time!.Value);
        return times.DefaultIfEmpty(AnyDay.AtMidnight().InUtc().ToInstant()).Min().InZone(zone).Date;
    }
}
