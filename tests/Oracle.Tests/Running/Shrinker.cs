using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Running;

/// <summary>Takes things away from a case while the engine and the oracle still disagree.</summary>
internal static class Shrinker
{
    /// <param name="seed">As the case failed with it.</param>
    internal static Case Shrink(Case failing, ulong seed)
    {
        for (var next = Smaller(failing).FirstOrDefault(fails); next is not null;
            next = Smaller(failing).FirstOrDefault(fails))
        {
            failing = next;
        }

        return failing;

        // What the plan may not be is no smaller form of what it comes to.
        bool fails(Case given) =>
            Comparison.Find(given, seed).Difference is { } difference && !difference.StartsWith(Outcome.Invalid, StringComparison.Ordinal);
    }

    private static IEnumerable<Case> Smaller(Case given)
    {
        for (var i = 1; i < given.Taken.Count; i++)
        {
            yield return given with { Taken = Without(given.Taken, i) };
        }

        for (var i = 0; i < given.Taken.Count; i++)
        {
            foreach (var plan in Smaller(given.Taken[i].Plan))
            {
                yield return given with { Taken = [.. given.Taken.Select((t, k) => k == i ? t with { Plan = plan } : t)] };
            }

            if (given.Taken[i].Agreed is not null)
            {
                yield return given with { Taken = [.. given.Taken.Select((t, k) => k == i ? t with { Agreed = null } : t)] };
            }
        }

        for (var i = 0; i < given.Pauses.Count; i++)
        {
            yield return given with { Pauses = Without(given.Pauses, i) };
        }

        for (var i = 0; i < given.Devices.Count; i++)
        {
            yield return given with
            {
                Devices = Without(given.Devices, i), Events = [.. given.Events.Where(e => e.Device != given.Devices[i].Id)],
            };
        }

        for (var i = 0; i < given.Events.Count; i++)
        {
            yield return given with { Events = Without(given.Events, i) };
        }
    }

    private static IEnumerable<PlanDefinition> Smaller(PlanDefinition plan)
    {
        for (var i = 0; plan.Charges.Count > 1 && i < plan.Charges.Count; i++)
        {
            var left = Without(plan.Charges, i);
            yield return plan with { Charges = left, Discounts = [.. plan.Discounts.Select(d => Of(d, left))] };
        }

        for (var i = 0; i < plan.Discounts.Count; i++)
        {
            yield return plan with { Discounts = Without(plan.Discounts, i) };
        }

        for (var i = 0; i < plan.Phases.Count; i++)
        {
            yield return plan with { Phases = Without(plan.Phases, i) };
        }

        for (var i = 0; i < plan.Lookups.Count; i++)
        {
            yield return plan with { Lookups = Without(plan.Lookups, i) };
        }

        foreach (var less in new[] { plan with { Minimum = null }, plan with { Maximum = null }, plan with { Term = null } }.Where(p => p != plan))
        {
            yield return less;
        }
    }

    private static T[] Without<T>(IReadOnlyList<T> all, int index) => [.. all.Where((_, i) => i != index)];

    private static DiscountDefinition Of(DiscountDefinition discount, ChargeDefinition[] left) =>
        discount with { Charges = [.. discount.Charges.Where(id => left.Any(c => c.Id == id))] };
}
