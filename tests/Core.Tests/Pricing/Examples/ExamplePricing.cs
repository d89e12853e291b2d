using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>Prices an example by the pure core: as a quote where one can be asked for, else as the period is rated.</summary>
public static class ExamplePricing
{
    /// <summary>The lines, in the order of the bill.</summary>
    public static IReadOnlyList<RatedCharge> Lines(PricingExample example) =>
        example.IsQuotable ? Quoted(example) : Rated(example);

    private static IReadOnlyList<RatedCharge> Quoted(PricingExample example)
    {
        var outcome = Quote.Price(new()
        {
            Plan = Compiled(example.Plan.Id, example),
            Usage = [.. example.Usage.Select(u => new TimedQuantity(u.Time, u.Value, u.Dimensions, u.Meter, u.Device))],
            Zone = example.Zone,
            Days = example.Period.Days,
            Devices = example.Devices.Count,
        });
        Assert.True(outcome.Errors.Count == 0, $"{example}: {string.Join("; ", outcome.Errors)}");
        return outcome.Result!.Charges;
    }

    private static RatedCharge[] Rated(PricingExample example)
    {
        var starts = example.Changes.Select(c => c.At).Prepend(example.Active.Start).ToArray();
        var plans = example.Changes.Select(c => c.Plan).Prepend(example.Plan.Id).ToArray();
        var segments = plans.Select((key, i) =>
        {
            var plan = Compiled(key, example);
            var active = new Interval(starts[i], i + 1 < starts.Length ? starts[i + 1] : example.Active.End);
            return new PeriodSegment(plan, active, Begins: true, Totals(example, plan, active));
        });
        return [.. SegmentRating.Rate(example.Period, example.Zone, 0, [.. segments]).SelectMany(lines => lines)];
    }

    private static Dictionary<BucketKey, BucketTotal> Totals(PricingExample example, CompiledPlan plan, Interval active)
    {
        var totals = new UsageTotals(plan);
        var contributions = new List<Contribution>();
        foreach (var usage in example.Usage.Where(u => active.Contains(u.Time)))
        {
            contributions.Clear();
            Assert.Null(plan.Contribute(usage.Meter, usage.Time, usage.Value, usage.Dimensions, example.Zone, contributions));
            foreach (var contribution in contributions)
            {
                totals.Add(usage.Device, contribution);
            }
        }

        var result = totals.ToTotals();
        var countable = plan.Presences.Count == 0 || example.Changes.Count == 0;
        Assert.True(countable, $"{example}: devices with a change of plan are not counted here.");
        foreach (var (key, rule) in plan.Presences)
        {
            var counts = example.Devices
                .Select(d => Presence.Of(rule, d.Spans(rule, active), example.Period, example.Zone, active))
                .Where(count => count > 0).ToArray();
            result[key] = new((decimal)counts.Sum(), 0m, counts.Length);
        }

        return result;
    }

    private static CompiledPlan Compiled(string key, PricingExample example) =>
        CompiledPlan.Compile(example.Plans[key], id => ExampleLibrary.Meters.GetValueOrDefault(id));
}
