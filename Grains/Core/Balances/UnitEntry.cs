using NodaTime;

namespace OrleansBilling.Core.Balances;

/// <summary>A balanced entry of a pack's journal, in the pack's unit.</summary>
/// <param name="Kind"><c>grant</c>, <c>use</c> or <c>expiry</c>.</param>
/// <param name="At">When it takes effect; of use and expiry, the end of the period.</param>
/// <param name="Postings">They add up to zero.</param>
public sealed record UnitEntry(string Kind, Instant At, IReadOnlyList<UnitPosting> Postings)
{
    /// <summary>Use of a period.</summary>
    public const string Use = "use";

    /// <summary>Moves a quantity between a pack and another account.</summary>
    /// <param name="pack">Id of the pack.</param>
    /// <param name="quantity">Positive into the pack.</param>
    public static UnitEntry Of(string kind, Instant at, string pack, decimal quantity, string other) =>
        new(kind, at, [new("pack:" + pack, quantity), new(other, -quantity)]);
}
