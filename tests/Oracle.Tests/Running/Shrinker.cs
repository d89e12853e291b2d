using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Running;

/// <summary>Takes charges and events away while the engine and the oracle still disagree.</summary>
internal static class Shrinker
{
    internal static Case Shrink(Case failing)
    {
        for (var next = Smaller(failing).FirstOrDefault(c => Comparison.Find(c) is not null); next is not null;
            next = Smaller(failing).FirstOrDefault(c => Comparison.Find(c) is not null))
        {
            failing = next;
        }

        return failing;
    }

    private static IEnumerable<Case> Smaller(Case given)
    {
        for (var i = 0; given.Plan.Charges.Count > 1 && i < given.Plan.Charges.Count; i++)
        {
            var left = given.Plan.Charges.Where((_, k) => k != i).ToArray();
            yield return given with
            {
                Plan = given.Plan with { Charges = left, Discounts = [.. given.Plan.Discounts.Select(d => Of(d, left))] },
                Events = [.. given.Events.Where(e => left.Any(c => c.Meter == e.Meter))],
            };
        }

        for (var i = 0; i < given.Plan.Discounts.Count; i++)
        {
            yield return given with
            {
                Plan = given.Plan with { Discounts = [.. given.Plan.Discounts.Where((_, k) => k != i)] },
            };
        }

        for (var i = 0; i < given.Events.Count; i++)
        {
            yield return given with { Events = [.. given.Events.Where((_, k) => k != i)] };
        }
    }

    private static DiscountDefinition Of(DiscountDefinition discount, ChargeDefinition[] left) =>
        discount with { Charges = [.. discount.Charges.Where(id => left.Any(c => c.Id == id))] };
}
