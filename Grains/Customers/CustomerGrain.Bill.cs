using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>The running bill, and what it will draw from wallets.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<RunningBill?> Bill()
    {
        var home = await Home();
        var subscriptions = home.Do(t => Find(t)?.Subscriptions.Select(s => s.View.Id).ToArray());
        if (subscriptions is null)
        {
            return null;
        }
        var running = await Task.WhenAll(subscriptions.Select(s => Subscription(s).RunningStatements()));
        return await home.DoDurably(t =>
        {
            var customer = Find(t)!;
            // What has come as a statement since the subscription was asked must not count twice.
            PeriodStatement[] open = [.. customer.Pending,
                .. running.SelectMany(r => r).Where(s => s.Period > customer.TakenThrough(s.Subscription))];
            var now = customer.Tenant.Now(home.Time);
            var expected = Expected(customer, open, now);
            var (credit, due) = Credit(customer, expected);
            var (balances, drawn) = customer.Wallets is null ? ([], 0m) : Balances(customer, due, now);
            return BillOf(customer, now, open.SelectMany(s => s.Lines).Concat(expected.SelectMany(e => e.Agreed)), balances, drawn, credit);
        });
    }

    private RunningBill BillOf(
        CustomerState customer, Instant now, IEnumerable<InvoiceLine> lines, WalletBalance[] balances, decimal drawn,
        decimal credit)
    {
        InvoiceLine[] numbered = [.. lines.Select((line, i) => line with { Number = i + 1 })];
        var total = numbered.Sum(l => l.Amount.ToDecimal());
        return new(Key.Id, customer.Spec.Currency, now, total, numbered, balances, total - credit - drawn, credit == 0m ? null : credit);
    }

    /// <summary>The invoices that will come if nothing more happens, by their period ends; agreements count as if their periods that have
    /// begun were over.</summary>
    private static (Instant PeriodEnd, InvoiceLine[] Lines, InvoiceLine[] Agreed)[] Expected(
        CustomerState customer, PeriodStatement[] open, Instant now)
    {
        var lines = open.ToLookup(s => s.PeriodEnd, s => s.Lines);
        if (customer.Agreements is not { } agreements)
        {
            return [.. lines.OrderBy(l => l.Key).Select(l => (l.Key, l.SelectMany(s => s).ToArray(), Array.Empty<InvoiceLine>()))];
        }
        var (book, expected) = (agreements.Book.Fork(), new List<(Instant, InvoiceLine[], InvoiceLine[])>());
        foreach (var end in lines.Select(l => l.Key).Concat(book.Begun(now)).Distinct().Order().ToArray())
        {
            InvoiceLine[] own = [.. lines[end].SelectMany(s => s)];
            var charges = customer.Charges(own).ToArray();
            var agreed = book.Lines(charges, end, begunBy: now);
            book.Take(charges, agreed, end);
            expected.Add((end, own, [.. agreed.Select(a => a.Line)]));
        }
        return [.. expected];
    }

    /// <summary>What is carried forward is used by every open period in its turn, as its invoice will.</summary>
    /// <returns>What of it is of invoices that are issued: the rest is in the total already. And what each period leaves due.</returns>
    private static (decimal Credit, (Instant PeriodEnd, Money Due)[] Due) Credit(
        CustomerState customer, (Instant PeriodEnd, InvoiceLine[] Lines, InvoiceLine[] Agreed)[] expected)
    {
        var carried = customer.Carried();
        var issued = carried.Left;
        var used = issued - issued;
        var due = new List<(Instant, Money)>();
        foreach (var (end, lines, agreed) in expected)
        {
            var total = customer.Sum(lines.Concat(agreed));
            var credit = carried.Use(total);
            used += credit;
            due.Add((end, total - credit));
        }
        return (Math.Min(used.ToDecimal(), issued.ToDecimal()), [.. due]);
    }

    /// <summary>Draws for every open period in its turn, as its invoice will.</summary>
    private static (WalletBalance[] Balances, decimal Drawn) Balances(
        CustomerState customer, (Instant PeriodEnd, Money Due)[] due, Instant now)
    {
        var ledger = customer.Wallets!.Ledger;
        var purse = ledger.Purse();
        WalletDraw[] draws = [.. due.SelectMany(d => purse.Draw(d.Due, d.PeriodEnd, d.PeriodEnd + customer.Tenant.Grace))];
        var zero = Money.Zero(ledger.Currency);
        return (
            [.. ledger.Wallets.Select(wallet =>
            {
                var current = ledger.Balance(Accounts.OfWallet(wallet.Id));
                var accrued = draws.Where(d => d.Wallet == wallet.Id).Aggregate(zero, (sum, d) => sum + d.Amount);
                var expired = purse.ExpiredOf(wallet.Id, now);
                return new WalletBalance(
                    wallet.Id, current, accrued, zero, expired, wallet.CreditLimit, current - accrued - expired + wallet.CreditLimit);
            })],
            draws.Sum(d => d.Amount.ToDecimal()));
    }

    private ISubscriptionGrain Subscription(string id) =>
        GrainFactory.GetGrain<ISubscriptionGrain>(EntityKey.Of(Key.Tenant, id));
}
