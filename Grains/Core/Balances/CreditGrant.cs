using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>Money put into a wallet: a top-up, or a gift.</summary>
/// <param name="Id">Chosen by the client; unique in its wallet.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Priority">1 to 1,000; lower is drawn first.</param>
/// <param name="ExpiresAt">First instant at which it is not usable; null for never; not after its wallet's.</param>
/// <param name="GrantedAt">The tenant's clock.</param>
/// <param name="Scope">Which lines it may pay; null for any.</param>
/// <param name="Reference">The client's own words, such as the number of a payment.</param>
/// <param name="RollOver">What of it goes on when it expires; null for nothing.</param>
public sealed record CreditGrant(
    string Wallet,
    string Id,
    CreditKind Kind,
    Money Amount,
    int Priority,
    Instant? ExpiresAt,
    Instant GrantedAt,
    string? Reference,
    CreditScope? Scope = null,
    CreditRollOver? RollOver = null)
{
    /// <summary>The grant that goes on with what is left when this one expires; null for none.</summary>
    /// <param name="left">What is unused.</param>
    /// <param name="isTaken">Whether the wallet has a grant of an id.</param>
    public CreditGrant? Rolled(Money left, Func<string, bool> isTaken)
    {
        if (RollOver?.Next is not { } next || RollOver.Share(left) is not { MinorUnits: > 0 } share)
        {
            return null;
        }
        var origin = RollOver.Done == 0 ? Id : Id[..Id.LastIndexOf('~')];
        var number = next.Done;
        while (isTaken($"{origin}~{number}"))
        {
            number++;
        }
        return this with
        {
            Id = $"{origin}~{number}", Amount = share, ExpiresAt = next.ExpiresAt, GrantedAt = ExpiresAt!.Value, RollOver = next,
        };
    }
}
