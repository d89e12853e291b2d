using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// Whether all usage of a period can be rated again by another plan. Asked while the usage is held, so that what is found stays true.
/// </summary>
internal static class BackdatedCheck
{
    /// <summary>Why it cannot, in words for the caller; null when it can.</summary>
    /// <exception cref="PartitionUnavailableException">A partition does not answer.</exception>
    public static async Task<string?> Of(
        Partition home, IGrainFactory grains, string tenant, string subscription, ChangeIntent change)
    {
        var (period, plan) = home.Do(t =>
        {
            var found = ChangeDriving.Find(t, tenant, subscription)!;
            var entry = t.State.Plans.Get(found.Tenant, change.Spec.Plan!, change.PlanVersion!.Value, change.Spec.Overrides?.Key);
            return (found.Calendar.PeriodAt(change.From), new PlanTerms(InFirstPhase(entry.View), entry.Meters));
        });
        if (home.Do(t => HasLasting(ChangeDriving.Find(t, tenant, subscription)!, t.State.Plans, change)))
        {
            return "A plan with levels or sessions cannot be back-dated, nor be replaced so; let the change begin now.";
        }
        if (home.Do(t => HasCovers(ChangeDriving.Find(t, tenant, subscription)!, t.State.Plans, change)))
        {
            return "A plan whose allowances are each device's own cannot be back-dated, nor be replaced so; let the change begin now.";
        }
        var query = new TrialUsageQuery(tenant, subscription, period.Index, [plan]);
        TrialUsage[] parts;
        try
        {
            parts = await ChangeDriving.AskAll(home, grains, partition => partition.TryPlans(query));
        }
        catch (ArithmeticException)
        {
            return Inexact;
        }
        var (kept, counted) = (parts.Sum(p => p.Events), parts.Sum(p => p.Recorded));
        if (kept != counted)
        {
            return $"Of {counted} events of the period the archive has {kept}; they cannot be rated again. Let the change begin now.";
        }
        var unrated = parts.SelectMany(p => p.Unrated).SelectMany(reasons => reasons).ToArray();
        return unrated.Length > 0
            ? $"The plan has no price for {unrated.Sum(u => u.Value)} events of the period ({string.Join(", ", unrated.Select(u => u.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}); "
                + "choose a plan that prices them, or let the change begin now."
            : home.Do(t => CanRate(ChangeDriving.Find(t, tenant, subscription)!, period, plan, parts)) ? null : Inexact;
    }

    /// <summary>What lasts is no event that has one place in the totals.</summary>
    private static bool HasLasting(SubscriptionState subscription, PlanTable plans, ChangeIntent change) =>
        Concerned(subscription, plans, change).Any(plan => Array.Exists(plan.Meters, meter => meter.Lasts));

    private static bool HasCovers(SubscriptionState subscription, PlanTable plans, ChangeIntent change) =>
        Concerned(subscription, plans, change).Any(plan => plan.Compiled.Covers.Count > 0);

    private static IEnumerable<PlanEntry> Concerned(SubscriptionState subscription, PlanTable plans, ChangeIntent change) =>
        subscription.Timeline.Segments.Select(subscription.PlanOf)
            .Append(plans.Get(subscription.Tenant, change.Spec.Plan!, change.PlanVersion!.Value, change.Spec.Overrides?.Key));

    /// <summary>A plan with phases begins with the first, and it is that one's prices that the usage must have.</summary>
    private static PlanView InFirstPhase(PlanView plan) => plan.Definition.Phases is [var first, ..]
        ? plan with { Definition = first.Terms.ApplyTo(plan.Definition) with { Phases = [] } }
        : plan;

    private const string Inexact =
        "The usage of the period cannot be rated exactly by that plan in 28 decimal digits; let the change begin now.";

    private static bool CanRate(SubscriptionState subscription, BillingPeriod period, PlanTerms plan, TrialUsage[] parts)
    {
        var totals = new PeriodTotals();
        try
        {
            foreach (var slice in parts.SelectMany(p => p.Slices))
            {
                totals.Add(slice.UsagePeriod, slice.BilledPeriod, 0, slice.Buckets, slice.Aggregates);
            }
            StatementLines.Alone(subscription, period, new(subscription.Tenant, plan.Plan, plan.Meters), totals);
            return true;
        }
        catch (ArithmeticException)
        {
            return false;
        }
    }
}
