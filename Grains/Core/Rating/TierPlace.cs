using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Rating;

/// <summary>Where a quantity stands in tiers that it shares with others.</summary>
/// <param name="From">What comes before it; 0 when the tiers are its own.</param>
/// <param name="All">All quantities that share the tiers.</param>
internal readonly record struct TierPlace(decimal From, decimal All)
{
    /// <summary>A quantity with tiers of its own.</summary>
    internal static TierPlace Alone(decimal quantity) => new(0m, quantity);

    /// <summary>The end of a quantity that begins here.</summary>
    internal decimal EndOf(decimal quantity) => ExactMath.Add(From, quantity);
}
