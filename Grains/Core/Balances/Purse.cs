using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>What invoices can draw on, one after the other in the order of their period ends.</summary>
/// <remarks>Rules: ADR 0017, ADR 0026. The same code issues invoices, tells what a running bill will draw, and audits.</remarks>
public sealed class Purse
{
    private readonly Currency _currency;
    private readonly List<(CreditGrant Grant, Money Left)> _grants;
    private readonly List<(string Wallet, Instant At, Money Amount)> _lost = [];
    private readonly List<(Wallet Wallet, Money Room)> _overdrafts;

    internal Purse(
        Currency currency, IEnumerable<(CreditGrant Grant, Money Left)> grants, IEnumerable<(Wallet Wallet, Money Room)> overdrafts)
    {
        _currency = currency;
        _grants = [.. grants.Where(g => g.Left.MinorUnits > 0).OrderBy(g => g.Grant, DrawOrder.Instance)];
        _overdrafts = [.. overdrafts.Where(o => o.Room.MinorUnits > 0)
            .OrderByDescending(o => o.Wallet.Scope?.Specificity() ?? 0).ThenBy(o => o.Wallet.Priority).ThenBy(o => o.Wallet.OpenedAt).ThenBy(o => o.Wallet.Id, StringComparer.Ordinal)];
    }

    /// <summary>Takes what an invoice draws: grants in <see cref="DrawOrder"/>, then the credit limits of wallets.</summary>
    /// <param name="due">What the invoice asks for; nothing is drawn for zero or a credit.</param>
    /// <param name="periodEnd">End of the invoice's period: what expires before it is not drawn.</param>
    /// <param name="dueAt">Earliest instant of issue, the period's end plus grace: what came after it is not drawn.</param>
    /// <param name="lines">Of the invoice: money with a scope pays only those that it covers.</param>
    /// <returns>At most one draw of each grant and of each wallet's credit limit; at most <paramref name="due"/> together.</returns>
    public IReadOnlyList<WalletDraw> Draw(Money due, Instant periodEnd, Instant dueAt, IReadOnlyList<BillLine>? lines = null)
    {
        RollOver(periodEnd);
        var draws = new List<WalletDraw>();
        var open = new OpenAmounts(due, lines ?? []);
        for (var i = 0; i < _grants.Count && open.Left.MinorUnits > 0; i++)
        {
            var (grant, left) = _grants[i];
            if (Usable(grant.ExpiresAt, grant.GrantedAt, periodEnd, dueAt))
            {
                _grants[i] = (grant, left - Pay(open, draws, grant.Wallet, grant.Id, grant.Scope, left));
            }
        }
        for (var i = 0; i < _overdrafts.Count && open.Left.MinorUnits > 0; i++)
        {
            var (wallet, room) = _overdrafts[i];
            if (Usable(wallet.ExpiresAt, wallet.OpenedAt, periodEnd, dueAt))
            {
                _overdrafts[i] = (wallet, room - Pay(open, draws, wallet.Id, null, wallet.Scope, room));
            }
        }
        return draws;
    }

    /// <summary>What is left of a wallet's grants that have expired by an instant, that no invoice has drawn, and that does not go on.</summary>
    public Money ExpiredOf(string wallet, Instant now)
    {
        RollOver(now + Duration.Epsilon);
        return _grants.Where(g => g.Grant.Wallet == wallet && g.Grant.ExpiresAt <= now).Select(g => g.Left)
            .Concat(_lost.Where(l => l.Wallet == wallet && l.At <= now).Select(l => l.Amount))
            .Aggregate(Money.Zero(_currency), (sum, amount) => sum + amount);
    }

    /// <summary>Goes on with what is left of grants that expired before an instant, as their ends will.</summary>
    private void RollOver(Instant before)
    {
        while (_grants.FindIndex(g => g.Grant.RollOver is not null && g.Grant.ExpiresAt < before) is var at and >= 0)
        {
            var (grant, left) = _grants[at];
            _grants.RemoveAt(at);
            var rolled = grant.Rolled(left, id => _grants.Exists(g => (g.Grant.Wallet, g.Grant.Id) == (grant.Wallet, id)));
            _lost.Add((grant.Wallet, grant.ExpiresAt!.Value, rolled is null ? left : left - rolled.Amount));
            if (rolled is not null)
            {
                _grants.Add((rolled, rolled.Amount));
                _grants.Sort((x, y) => DrawOrder.Instance.Compare(x.Grant, y.Grant));
            }
        }
    }

    private static Money Pay(
        OpenAmounts open, List<WalletDraw> draws, string wallet, string? grant, CreditScope? scope, Money left)
    {
        var (amount, lines) = open.Pay(scope, left);
        if (amount.MinorUnits > 0)
        {
            draws.Add(new(wallet, grant, amount, lines));
        }
        return amount;
    }

    private static bool Usable(Instant? expiresAt, Instant since, Instant periodEnd, Instant dueAt) =>
        (expiresAt is null || periodEnd <= expiresAt) && since <= dueAt;
}
