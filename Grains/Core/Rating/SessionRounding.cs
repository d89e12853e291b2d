using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Rounds a session part by part: what is counted up to a part is the rounded quantity up to it, so that all parts add up to
/// the rounded whole, and an increment belongs to the part in which it begins.</summary>
internal sealed class SessionRounding(QuantityRounding rule)
{
    private decimal _used;
    private decimal _counted;

    /// <summary>What the next part counts for.</summary>
    internal decimal Next(decimal quantity)
    {
        _used = ExactMath.Add(_used, quantity);
        var (before, now) = (_counted, DecimalText.Normalize(rule.Apply(_used)));
        _counted = now;
        return ExactMath.Subtract(now, before);
    }
}
