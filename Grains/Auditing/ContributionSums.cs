using System.Runtime.InteropServices;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Auditing;

/// <summary>Adds up contributions outside of the live slices, whoever recounts.</summary>
internal static class ContributionSums
{
    /// <param name="sign">−1 takes back what was added before.</param>
    /// <param name="events">Events to count.</param>
    public static void Add(
        Dictionary<BucketKey, BucketTotal> totals, CompiledPlan plan, in Contribution contribution, int sign, int events)
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, contribution.Key, out _);
        total = total.Add(new BucketTotal(sign * contribution.Quantity, sign * contribution.Amount, events));
        if (contribution.Added != 0m)
        {
            ref var added = ref CollectionsMarshal.GetValueRefOrAddDefault(
                totals, plan.CompanionOf(contribution.Key, Companion.Events), out _);
            added = added.Add(new BucketTotal(sign * contribution.Added, 0m, 0));
        }
    }
}
