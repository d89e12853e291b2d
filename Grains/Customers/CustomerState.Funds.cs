using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Money kept for what subscriptions can come to; see docs/adr/0026.</summary>
internal sealed partial class CustomerState
{
    private Dictionary<string, FundsNeed>? _funds;

    public void Apply(FundsHeld fact) => (_funds ??= new(StringComparer.Ordinal))[fact.Need.Subscription] = fact.Need;

    /// <summary>The newest that was kept for a subscription; null for nothing.</summary>
    public FundsNeed? FundsOf(string subscription) => _funds?.GetValueOrDefault(subscription);

    /// <summary>
    /// What each subscription can come to: as it told just now, or as was kept for it since.
    /// </summary>
    /// <param name="told">By subscriptions themselves.</param>
    public IEnumerable<FundsNeed> Newest(IEnumerable<FundsNeed> told) =>
        told.Select(t => FundsOf(t.Subscription) is { } kept && kept.IsNewerThan(t) ? kept : t);

    /// <summary>Whether reservations of its subscriptions end where its money ends, or at the maximum of an agreement.</summary>
    public bool LimitsFunds(Instant now) => PaysInAdvance || Agreements?.Blocks(now) == true;

    /// <summary>Whether wallets have to pay for what is reserved.</summary>
    public bool PaysInAdvance => Wallets?.Ledger.Blocks == true;

    /// <summary>What is missing if everything comes to as much as it can.</summary>
    /// <param name="usageEnd">End of the billing period that is asked for: only its agreement can leave too little.</param>
    public FundsAnswer Answer(IReadOnlyList<FundsNeed> needs, Instant usageEnd)
    {
        var currency = Currency.FromCode(Spec.Currency);
        var unpaid = PaysInAdvance ? Pay(needs).Missing : Money.Zero(currency);
        var above = Agreements?.Book.AboveMaximum(usageEnd, Open(needs)) ?? Money.Zero(currency);
        return above.MinorUnits > 0 && above.MinorUnits >= unpaid.MinorUnits ? new(above, true) : new(unpaid, false);
    }

    /// <summary>What is on no invoice yet, with the end of the billing period that it is for.</summary>
    private IEnumerable<(Money Amount, Instant UsageEnd)> Open(IEnumerable<FundsNeed> needs) =>
        Charges(Pending.SelectMany(s => s.Lines)).Select(c => (c.Line.Amount, c.UsageEnd)).Concat(
            from need in needs
            from period in need.Periods
            where period.Period > TakenThrough(need.Subscription)
            from line in period.Lines
            select (line.Amount, line.UsageEnd ?? period.PeriodEnd));

    /// <summary>What wallets pay if everything comes to as much as it can, period after period as invoices will draw.</summary>
    /// <returns>The draws, and what nothing pays for.</returns>
    public (IReadOnlyList<WalletDraw> Draws, Money Missing) Pay(IEnumerable<FundsNeed> needs)
    {
        var currency = Currency.FromCode(Spec.Currency);
        var (carried, purse) = (Carried(), Wallets!.Ledger.Purse());
        var (draws, missing) = (new List<WalletDraw>(), Money.Zero(currency));
        var taken = Pending.Select(s => (s.PeriodEnd, Lines: BillLines([s])));
        var open = needs.SelectMany(n => n.Periods.Where(p => p.Period > TakenThrough(n.Subscription)), (_, p) => (p.PeriodEnd, Lines: p.Lines));
        foreach (var ending in taken.Concat(open).GroupBy(p => p.PeriodEnd).OrderBy(g => g.Key))
        {
            BillLine[] lines = [.. ending.SelectMany(p => p.Lines)];
            var total = lines.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Amount);
            var due = total - carried.Use(total);
            var paid = purse.Draw(due, ending.Key, ending.Key + Tenant.Grace, lines);
            draws.AddRange(paid);
            var left = paid.Aggregate(due, (rest, draw) => rest - draw.Amount);
            missing += left.MinorUnits > 0 ? left : Money.Zero(currency);
        }
        return (draws, missing);
    }

    private IEnumerable<object> FundsFacts => (_funds ?? []).OrderBy(f => f.Key, StringComparer.Ordinal)
        .Select(f => new FundsHeld(Tenant.Id, Spec.Id, f.Value));
}
