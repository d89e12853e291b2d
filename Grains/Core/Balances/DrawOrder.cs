using NodaTime;

namespace OrleansBilling.Core.Balances;

/// <summary>
/// The order in which grants are drawn, a total one: most specific scope, priority ascending, earliest expiry (none is last), promotional before
/// paid, oldest, then ids of wallet and grant by code point.
/// </summary>
/// <remarks>Rules: ADR 0017, ADR 0026.</remarks>
public sealed class DrawOrder : IComparer<CreditGrant>
{
    /// <summary>The order; it has no state.</summary>
    public static DrawOrder Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(CreditGrant? x, CreditGrant? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Key(x).CompareTo(Key(y)) is var byKey and not 0 ? byKey
            : string.CompareOrdinal(x.Wallet, y.Wallet) is var byWallet and not 0 ? byWallet
            : string.CompareOrdinal(x.Id, y.Id);
    }

    private static (int, int, Instant, int, Instant) Key(CreditGrant grant) => (
        -(grant.Scope?.Specificity() ?? 0), grant.Priority, grant.ExpiresAt ?? Instant.MaxValue, grant.Kind == CreditKind.Promotional ? 0 : 1, grant.GrantedAt);
}
