using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>The per-event rule: <c>max(0, quantity - free)</c>, then up to a multiple.</summary>
internal static class PerEvent
{
    internal static decimal Apply(PerEventRule? rule, decimal quantity)
    {
        if (rule is null)
        {
            return quantity;
        }

        var rest = BeforeRounding(rule, quantity);
        if (rule.Rounding is { } rounding)
        {
            return rounding.Apply(rest);
        }

        if (rule.RoundUpTo is not { } block)
        {
            return rest;
        }

        // The remainder is exact; a quotient need not be. It has the sign of the dividend.
        var remainder = rest % block;
        return remainder > 0m ? rest - remainder + block : rest - remainder;
    }

    internal static decimal BeforeRounding(PerEventRule rule, decimal quantity) =>
        rule.Free is { } free ? Math.Max(0m, quantity - free) : quantity;

    /// <summary>A quantity that, like every one below it, does not count for more than that.</summary>
    internal static decimal LargestCounting(PerEventRule? rule, decimal limit)
    {
        if (rule is null)
        {
            return limit;
        }

        var rest = rule.Rounding?.LargestWithin(limit) ?? (rule.RoundUpTo is { } block ? limit - (limit % block) : limit);
        return rest + (rule.Free ?? 0m);
    }
}
