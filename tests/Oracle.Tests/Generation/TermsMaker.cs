using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random minimum, maximum and discounts of a plan.</summary>
internal static class TermsMaker
{
    internal static PlanDefinition Any(Dice dice, PlanDefinition plan)
    {
        var least = dice.Chance(20) ? dice.Number() : (decimal?)null;
        var both = dice.Chance(60);
        return plan with
        {
            Minimum = least is { } amount ? new(amount, "at least", both) : null,
            Maximum = dice.Chance(20)
                ? new((least ?? 0m) + dice.Number(), "at most", (both || least is null) && dice.Chance(50))
                : null,
            Discounts = dice.Chance(25) ? [.. Enumerable.Range(0, dice.From(1, 3)).Select(i => Discount(dice, plan, i))] : [],
        };
    }

    private static DiscountDefinition Discount(Dice dice, PlanDefinition plan, int index)
    {
        var percent = dice.Chance(50);
        string[] some = [.. plan.Charges.Select(c => c.Id).Where(_ => dice.Chance(50))];
        return new(
            $"d{index}", $"d{index}", percent ? dice.From(0, 10_000) / 100m : null, percent ? null : dice.Number(), some,
            dice.Chance(40) ? dice.From(1, 2) : null);
    }
}
