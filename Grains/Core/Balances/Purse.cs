using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>What invoices can draw on, one after the other in the order of their period ends.</summary>
/// <remarks>Rule: ADR 0017. The same code issues invoices, tells what a running bill will draw, and audits.</remarks>
public sealed class Purse
{
    private readonly Currency _currency;
    private readonly List<(CreditGrant Grant, Money Left)> _grants;
    private readonly List<(Wallet Wallet, Money Room)> _overdrafts;

    internal Purse(
        Currency currency, IEnumerable<(CreditGrant Grant, Money Left)> grants, IEnumerable<(Wallet Wallet, Money Room)> overdrafts)
    {
        _currency = currency;
        _grants = [.. grants.Where(g => g.Left.MinorUnits > 0).OrderBy(g => g.Grant, DrawOrder.Instance)];
        _overdrafts = [.. overdrafts.Where(o => o.Room.MinorUnits > 0)
            .OrderBy(o => o.Wallet.Priority).ThenBy(o => o.Wallet.OpenedAt).ThenBy(o => o.Wallet.Id, StringComparer.Ordinal)];
    }

    /// <summary>Takes what an invoice draws: grants in <see cref="DrawOrder"/>, then the credit limits of wallets.</summary>
    /// <param name="due">What the invoice asks for; nothing is drawn for zero or a credit.</param>
    /// <param name="periodEnd">End of the invoice's period: what expires before it is not drawn.</param>
    /// <param name="dueAt">Earliest instant of issue, the period's end plus grace: what came after it is not drawn.</param>
    /// <returns>At most one draw of each grant and of each wallet's credit limit; at most <paramref name="due"/> together.</returns>
    public IReadOnlyList<WalletDraw> Draw(Money due, Instant periodEnd, Instant dueAt)
    {
        var draws = new List<WalletDraw>();
        for (var i = 0; i < _grants.Count && due.MinorUnits > 0; i++)
        {
            var (grant, left) = _grants[i];
            if (left.MinorUnits > 0 && Usable(grant.ExpiresAt, grant.GrantedAt, periodEnd, dueAt))
            {
                var amount = Postings.Least(left, due);
                draws.Add(new(grant.Wallet, grant.Id, amount));
                _grants[i] = (grant, left - amount);
                due -= amount;
            }
        }
        for (var i = 0; i < _overdrafts.Count && due.MinorUnits > 0; i++)
        {
            var (wallet, room) = _overdrafts[i];
            if (room.MinorUnits > 0 && Usable(wallet.ExpiresAt, wallet.OpenedAt, periodEnd, dueAt))
            {
                var amount = Postings.Least(room, due);
                draws.Add(new(wallet.Id, null, amount));
                _overdrafts[i] = (wallet, room - amount);
                due -= amount;
            }
        }
        return draws;
    }

    /// <summary>What is left of a wallet's grants that have expired by an instant, and that no invoice has drawn.</summary>
    public Money ExpiredOf(string wallet, Instant now) => _grants
        .Where(g => g.Grant.Wallet == wallet && g.Grant.ExpiresAt <= now)
        .Aggregate(Money.Zero(_currency), (sum, g) => sum + g.Left);

    private static bool Usable(Instant? expiresAt, Instant since, Instant periodEnd, Instant dueAt) =>
        (expiresAt is null || periodEnd <= expiresAt) && since <= dueAt;
}
