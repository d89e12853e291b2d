using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Adds up what subscriptions would have cost: all on one plan, and each on the cheapest for it. Pure.</summary>
internal static class FleetComparison
{
    /// <param name="fits">For each plan the subscriptions that can have it; their views list their plans in the same order.</param>
    public static (FleetPlan[] Plans, decimal Best) Of(PlanTerms[] plans, IReadOnlyList<HashSet<string>> fits, WhatIfView[] subscriptions)
    {
        var trials = subscriptions.Select(s => Trials(s, fits)).ToArray();
        var cheapest = subscriptions.Select((s, i) => Cheapest(s.Total, trials[i])).ToArray();
        return (
            [
                .. plans.Select((plan, i) => Plan(plan, [.. trials.Select(t => t[i])], subscriptions, cheapest.Count(c => c == i)))
                    .OrderByDescending(p => p.IsComplete).ThenBy(p => p.Total is null).ThenBy(p => p.Total),
            ],
            subscriptions.Select((s, i) => cheapest[i] is { } plan ? trials[i][plan]!.Total!.Value : s.Total).Sum());
    }

    /// <summary>The first of the cheapest plans; null where none is cheaper than what there is.</summary>
    public static int? Cheapest(decimal total, IReadOnlyList<WhatIfPlan?> trials) => trials
        .Select((plan, i) => (plan, i)).Where(t => t.plan is { IsComplete: true } && t.plan.Total < total)
        .OrderBy(t => t.plan!.Total).Select(t => (int?)t.i).FirstOrDefault();

    /// <summary>By reason, in their order.</summary>
    public static KeyValuePair<string, long>[] Added(IEnumerable<KeyValuePair<string, long>[]> counts) =>
    [
        .. counts.SelectMany(c => c).GroupBy(u => u.Key, u => u.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum())),
    ];

    /// <summary>One entry for each plan; null where the subscription cannot have it.</summary>
    private static WhatIfPlan?[] Trials(WhatIfView view, IReadOnlyList<HashSet<string>> fits)
    {
        var next = 0;
        return [.. fits.Select(fit => fit.Contains(view.Subscription) ? view.Plans[next++] : null)];
    }

    private static FleetPlan Plan(PlanTerms plan, WhatIfPlan?[] trials, WhatIfView[] subscriptions, int cheapestFor) => new(
        plan.Plan.Id, plan.Plan.Version, Array.TrueForAll(trials, t => t?.Total is not null) ? trials.Sum(t => t!.Total) : null,
        Added(trials.OfType<WhatIfPlan>().Select(t => t.Unrated)),
        [.. subscriptions.Where((_, i) => trials[i] is null).Select(s => s.Subscription)], cheapestFor);
}
