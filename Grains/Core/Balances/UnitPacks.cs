using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>The packs that usage of a period may take, and what is left of each. It never changes.</summary>
/// <remarks>
/// Order: priority ascending, earliest expiry (none is last), promotional before paid, oldest, id. Rule: ADR 0026.
/// </remarks>
public sealed class UnitPacks
{
    /// <summary>None.</summary>
    public static readonly UnitPacks None = new([]);

    private readonly IReadOnlyList<(UnitPack Pack, decimal Left)> _packs;

    private UnitPacks(IReadOnlyList<(UnitPack Pack, decimal Left)> packs) => _packs = packs;

    /// <summary>Those of them that a period may take.</summary>
    /// <param name="packs">With what is left; nothing left is left out.</param>
    /// <param name="period">Index of the billing period.</param>
    public static UnitPacks In(IEnumerable<(UnitPack Pack, decimal Left)> packs, int period)
    {
        ArgumentNullException.ThrowIfNull(packs);
        (UnitPack Pack, decimal Left)[] usable = [.. packs
            .Where(p => p.Left > 0m && p.Pack.FirstPeriod <= period && !(p.Pack.LastPeriod < period))
            .OrderBy(p => p.Pack.Priority).ThenBy(p => p.Pack.LastPeriod ?? int.MaxValue)
            .ThenBy(p => p.Pack.Kind == CreditKind.Promotional ? 0 : 1).ThenBy(p => p.Pack.GrantedAt)
            .ThenBy(p => p.Pack.Id, StringComparer.Ordinal)];
        return usable.Length == 0 ? None : new(usable);
    }

    /// <summary>Of a charge that is priced in a unit, in their order.</summary>
    public IEnumerable<(UnitPack Pack, decimal Left)> Of(string charge, string unit) =>
        _packs.Where(p => p.Left > 0m && p.Pack.Charge == charge && p.Pack.Unit == unit);

    /// <summary>What is left after some was taken.</summary>
    public UnitPacks After(IReadOnlyCollection<PackDraw> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        return draws.Count == 0 ? this : new([.. _packs.Select(p => (p.Pack, draws
            .Where(d => d.Pack == p.Pack.Id).Aggregate(p.Left, (left, d) => ExactMath.Subtract(left, d.Quantity))))]);
    }
}
